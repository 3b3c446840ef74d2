"""What every store promises, as one suite that runs against each of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from threading import Thread

import pytest
from hypothesis import given, settings, strategies as st

from headroom_core.errors import SettingsError, StoreError
from headroom_core.store import Original, Rendering, Saving, Store
from tests.store.samples import DAY, ORIGINALS, STRANGE_KEYS, Clock, MakeStore, original


class StoreSuite:
    """Subclasses say how to make a store; every test has an empty one."""

    @pytest.fixture
    def clock(self) -> Clock:
        return Clock()

    @pytest.fixture
    def make(self, clock: Clock) -> MakeStore:
        raise NotImplementedError

    @pytest.fixture
    def store(self, make: MakeStore) -> Iterator[Store]:
        store = make()
        yield store
        store.close()

    def rows(self, store: Store) -> int:
        """Return how many originals and renderings are held, expired ones included."""
        raise NotImplementedError

    @pytest.mark.parametrize("data", ORIGINALS)
    def test_an_original_comes_back_exactly(self, store: Store, data: bytes) -> None:
        store.put("a", [Original("0" * 24, data)], {})
        assert store.get("a", "0" * 24) == data

    def test_what_was_never_stored_is_unknown(self, store: Store) -> None:
        assert store.get("a", "0" * 24) is None
        assert store.missing("a", {"0" * 24}) == {"0" * 24}
        assert store.recall("a", [b"id"]) == {}
        assert store.totals() == []

    @pytest.mark.parametrize("key", STRANGE_KEYS)
    def test_a_strange_key_is_unknown(self, store: Store, key: str) -> None:
        store.put("a", [original("x")], {})
        assert store.get("a", key) is None
        assert store.missing("a", {key, original("x").key}) == {key}

    def test_another_scope_finds_nothing(self, store: Store) -> None:
        store.put("a", [original("x")], {b"id": Rendering("r")})
        assert store.get("b", original("x").key) is None
        assert store.missing("b", {original("x").key}) == {original("x").key}
        assert store.recall("b", [b"id"]) == {}

    def test_scopes_may_hold_other_bytes_under_the_same_key(self, store: Store) -> None:
        store.put("a", [Original("0" * 24, b"of a")], {})
        store.put("b", [Original("0" * 24, b"of b")], {})
        assert (store.get("a", "0" * 24), store.get("b", "0" * 24)) == (b"of a", b"of b")

    @pytest.mark.parametrize("days_later", [0, 29, 40])
    def test_other_bytes_under_a_key_are_refused_with_all_else(
        self, store: Store, clock: Clock, days_later: int
    ) -> None:
        store.put("a", [Original("0" * 24, b"first")], {})
        clock.now += days_later * DAY
        with pytest.raises(StoreError, match="other bytes"):
            store.put(
                "a",
                [original("x"), Original("0" * 24, b"second")],
                {b"id": Rendering("r")},
                [Saving("json", 1, 2, 1)],
            )
        clock.now -= days_later * DAY
        assert store.get("a", "0" * 24) == b"first"
        assert store.get("a", original("x").key) is None
        assert store.recall("a", [b"id"]) == {}
        assert store.totals() == []

    def test_one_put_with_two_originals_of_a_key_is_refused(self, store: Store) -> None:
        with pytest.raises(StoreError, match="other bytes"):
            store.put("a", [Original("0" * 24, b"1"), Original("0" * 24, b"2")], {})
        assert store.get("a", "0" * 24) is None

    def test_an_original_may_be_put_twice(self, store: Store) -> None:
        store.put("a", [original("x"), original("x")], {})
        store.put("a", [original("x")], {})
        assert store.get("a", original("x").key) == b"x"
        assert self.rows(store) == 1

    def test_many_originals_go_and_are_asked_for_at_once(self, store: Store) -> None:
        many = [original(str(n)) for n in range(1_203)]
        store.put("a", many, {o.digest: Rendering(o.key) for o in many})
        assert store.missing("a", {o.key for o in many} | {"none"}) == {"none"}
        found = store.recall("a", [o.digest for o in many])
        assert found == {o.digest: Rendering(o.key) for o in many}

    def test_an_original_expires_after_its_retention(self, store: Store, clock: Clock) -> None:
        store.put("a", [original("x")], {})
        clock.now += 30 * DAY - 1
        assert store.get("a", original("x").key) == b"x"
        clock.now += 1
        assert store.get("a", original("x").key) is None

    def test_an_original_that_expires_within_a_day_is_missing(
        self, store: Store, clock: Clock
    ) -> None:
        store.put("a", [original("x")], {})
        clock.now += 29 * DAY - 1
        assert store.missing("a", {original("x").key}) == set()
        clock.now += 1
        assert store.missing("a", {original("x").key}) == {original("x").key}

    def test_putting_again_renews_the_lease_and_reading_does_not(
        self, store: Store, clock: Clock
    ) -> None:
        store.put("a", [original("put"), original("read")], {})
        clock.now += 20 * DAY
        store.put("a", [original("put")], {})
        assert store.get("a", original("read").key) == b"read"
        clock.now += 20 * DAY
        assert store.get("a", original("put").key) == b"put"
        assert store.get("a", original("read").key) is None

    def test_an_expired_original_can_be_put_again(self, store: Store, clock: Clock) -> None:
        store.put("a", [original("x")], {})
        clock.now += 30 * DAY + 1
        store.put("a", [original("x")], {})
        assert store.get("a", original("x").key) == b"x"

    def test_retention_of_a_day_is_kept_by_every_put(self, make: MakeStore, clock: Clock) -> None:
        store = make(retention_days=1)
        store.put("a", [original("x")], {})
        clock.now += 0.9 * DAY
        store.put("a", [original("x")], {})
        clock.now += 0.9 * DAY
        assert store.get("a", original("x").key) == b"x"
        store.close()

    def test_retention_below_a_day_is_refused(self, make: MakeStore) -> None:
        with pytest.raises(SettingsError, match="retention_days=0 "):
            make(retention_days=0)

    def test_a_clock_that_jumps_a_day_and_back_loses_nothing(
        self, make: MakeStore, clock: Clock
    ) -> None:
        store = make(retention_days=1)
        store.put("a", [original("x")], {})
        clock.now += 1.9 * DAY
        store.put("a", [original("y")], {})
        clock.now -= 1.9 * DAY
        assert store.get("a", original("x").key) == b"x"
        store.close()

    def test_puts_delete_what_expired_a_few_at_a_time(self, store: Store, clock: Clock) -> None:
        old = [original(str(n)) for n in range(60)]
        store.put("a", [original("renewed")], {})
        store.put("a", old, {o.digest: Rendering("r") for o in old})
        clock.now += 20 * DAY
        store.put("a", [original("renewed")], {})
        clock.now += 11 * DAY + 1
        held = []
        for n in range(3):
            store.put("a", [original(f"new {n}")], {})
            held.append(self.rows(store) - n - 1)
        assert held == [21, 1, 1]

    def test_the_first_rendering_of_an_id_wins(self, store: Store) -> None:
        store.put("a", [], {b"id": Rendering("first", "3 of 4 lines", "log")})
        store.put("a", [], {b"id": Rendering("second"), b"other": Rendering("o")})
        assert store.recall("a", [b"id", b"other", b"none"]) == {
            b"id": Rendering("first", "3 of 4 lines", "log"),
            b"other": Rendering("o"),
        }

    @pytest.mark.parametrize(
        "rendering",
        [
            pytest.param(Rendering(None), id="a block that goes whole"),
            pytest.param(Rendering(""), id="an empty text"),
            pytest.param(Rendering("\ud83d\ude00\0\r\n", "1 of 2 \ud800", "x"), id="odd text"),
        ],
    )
    def test_a_rendering_comes_back_exactly(self, store: Store, rendering: Rendering) -> None:
        store.put("a", [], {b"id": rendering})
        assert store.recall("a", [b"id"]) == {b"id": rendering}

    def test_a_rendering_expires_unless_it_is_put_again(self, store: Store, clock: Clock) -> None:
        store.put("a", [], {b"id": Rendering("r"), b"again": Rendering("first")})
        clock.now += 29 * DAY
        store.put("a", [], {b"again": Rendering("second")})
        clock.now += 1 * DAY
        assert store.recall("a", [b"id", b"again"]) == {b"again": Rendering("first")}

    def test_the_ledger_adds_up(self, store: Store) -> None:
        for n in range(20):
            store.put("a", [], {}, [Saving("log", 1, 10, n), Saving("json", 2, 20, 5)])
        store.put("b", [], {}, [Saving("retrieve", 1, 0, 7), Saving("retrieve", 1, 0, 3)])
        assert store.totals() == [
            Saving("json", 40, 400, 100),
            Saving("log", 20, 200, 190),
            Saving("retrieve", 2, 0, 10),
        ]

    def test_the_secret_is_made_once_per_store(self, make: MakeStore) -> None:
        store, other = make(), make()
        secret = store.secret
        store.close()
        assert (len(secret), store.secret) == (32, secret)
        assert other.secret != secret
        other.close()

    def test_a_closed_store_can_be_used_again(self, store: Store) -> None:
        store.put("a", [original("x")], {})
        store.close()
        assert store.get("a", original("x").key) == b"x"
        store.close()

    def test_threads_lose_nothing(self, store: Store) -> None:
        failures: list[BaseException] = []

        def work(name: int) -> None:
            try:
                for n in range(10):
                    store.put("a", [original(f"{name} {n}")], {}, [Saving("log", 1, 2, 1)])
                    assert store.get("a", original(f"{name} {n}").key) is not None
            except BaseException as error:
                failures.append(error)

        threads = [Thread(target=work, args=(name,)) for name in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        wanted = {original(f"{name} {n}").key for name in range(8) for n in range(10)}
        assert store.missing("a", wanted) == set()
        assert store.totals() == [Saving("log", 80, 160, 80)]

    def test_scopes_are_walls(self, store: Store) -> None:
        scopes, keys = ["", "a", "A", "a ", "a\0", "\ud800", "b"], ["0" * 24, "1" * 24]
        worlds = count()
        puts = st.tuples(
            st.sampled_from(scopes), st.sampled_from(keys), st.sampled_from([b"", b"x", b"y" * 500])
        )

        @settings(max_examples=30, deadline=None)
        @given(st.lists(puts, max_size=8))
        def check(puts: list[tuple[str, str, bytes]]) -> None:
            world = f"world {next(worlds)} "
            model: dict[tuple[str, str], bytes] = {}
            for scope, key, data in puts:
                if model.setdefault((scope, key), data) == data:
                    store.put(world + scope, [Original(key, data)], {})
                else:
                    with pytest.raises(StoreError, match="other bytes"):
                        store.put(world + scope, [Original(key, data)], {})
            for scope in scopes:
                for key in keys:
                    assert store.get(world + scope, key) == model.get((scope, key))

        check()
