"""Writes ``git blame -p`` with one line of facts per run of lines, and turns it back.

Below the first line of a body, which says whether all facts stand above every line::

    @12:9 b7e3750...        line 12 and those below are of this commit, where they were lines 9 on
    =Ann <ann@x.y> 17952... its author, and behind "; " its committer if that is another one
    :Fix the reader         its first words
    <936d295e9f...          the commit before it, with a path if the file was another one
    |boundary               another fact, as printed
    line                    the code itself, a line each
    ^=line                  one that would read as a fact
    @+                      what is below was cut off in the middle of a line, and stands as printed
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

OPENING: Final = "porcelain"
_HEAD = re.compile(r"([0-9a-f]{40,64}) (\d{1,7}) (\d{1,7})(?: (\d{1,7}))?")
_PEOPLE = re.compile(
    r"author ([^\n]*)\nauthor-mail ([^\n]*)\nauthor-time (\d{1,10})\nauthor-tz ([+-]\d{4})\n"
    r"committer ([^\n]*)\ncommitter-mail ([^\n]*)\ncommitter-time (\d{1,10})\n"
    r"committer-tz ([+-]\d{4})\n"
)
_SPELLED = re.compile(r"([^\n]*?)(?: (<[^\n<>]*>))? (\d{1,10}) ([+-]\d{4})")
_RUN = re.compile(r"@(\d{1,7})(?::(\d{1,7}))?(?: x(\d{1,7}))? ([0-9a-f]{7,64})")
_SIGNS: Final = "@=:<|^"
_CUT: Final = "@+"
_SHORT: Final = 7
_LEAST: Final = 3
_NOTE: Final = (
    'git blame -p; "@12:9 hash": line 12 and those below it are of this commit, where they were '
    'lines 9 and on; "=" author and "; " committer, ":" subject, "<" the commit before; a hash '
    "or mail seen before is cut"
)


class PorcelainLine(NamedTuple):
    """A line of a file: its commit, where it was and is, how many are of a run, facts, code."""

    hash: str
    before: int
    now: int
    size: int
    facts: str
    code: str


def read(text: str) -> list[PorcelainLine]:
    """Return the lines that ``git blame -p`` prints, as far as `text` has them whole."""
    found: list[PorcelainLine] = []
    head: re.Match[str] | None = None
    facts: list[str] = []
    for line in text.split("\n"):
        if head is None:
            head, facts = _HEAD.fullmatch(line), []
            if head is None:
                break
        elif line.startswith("\t"):
            before, now, count = int(head[2]), int(head[3]), int(head[4] or 0)
            said = "".join([f"{fact}\n" for fact in facts])
            found.append(PorcelainLine(head[1], before, now, count, said, line[1:]))
            head = None
        else:
            facts.append(line)
    return found


def usual(text: str) -> tuple[str, int] | None:
    """Return `text` as ``git blame`` would have printed it, and how many commits it is of."""
    lines = read(text) if _HEAD.match(text) else []
    if len(lines) < _LEAST:
        return None
    told: dict[str, str] = {}
    for line in lines:
        if line.hash not in told:
            told[line.hash] = _author(line.facts)
    width = len(str(max(line.now for line in lines)))
    printed = [
        f"{line.hash[:9]} ({told[line.hash]} {line.now:>{width}}) {line.code}" for line in lines
    ]
    return "\n".join(printed), len(told)


def encode(text: str) -> tuple[str, str] | None:
    """Return the body and how to read it, None if `text` is no ``git blame -p``."""
    whole = text[: text.rfind("\n") + 1]
    lines = read(whole) if _HEAD.match(whole) else []
    if len(lines) < _LEAST:
        return None
    every = all(line.facts for line in lines) and len({line.hash for line in lines}) < len(lines)
    body = "\n".join([OPENING + " every" * every, *_Writer(every).lines(lines)])
    try:
        told = decode(body)
    except ValueError:
        return None  # a name reads as more than a name
    if not text.startswith(told):
        return None
    rest = text[len(told) :]
    return (f"{body}\n{_CUT}\n{rest}" if rest else body), _NOTE


def decode(body: str) -> str:
    """Return the blame that `body` stands for.

    Raises:
        ValueError: If `body` is not what `encode` writes.
    """
    opening, _, rest = body.partition("\n")
    return "".join(_Reader(opening.endswith(" every")).read(rest.split("\n")))


def _author(facts: str) -> str:
    people = _PEOPLE.match(facts)
    if people is None:
        return "? 1970-01-01 00:00:00 +0000"
    zone = people[4]
    away = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
    when = datetime.fromtimestamp(int(people[3]), UTC) + (away if zone[0] == "+" else -away)
    return f"{people[1]} {when:%Y-%m-%d %H:%M:%S} {zone}"


class _Known:
    """What was said so far, the same to who writes and who reads."""

    def __init__(self, every: bool) -> None:
        self.every = every
        self.facts: dict[str, str] = {}
        self.mails: dict[str, str] = {}
        self.hashes: dict[str, str] = {}
        self.path = ""

    def expected(self, commit: str) -> str | None:
        """Return the facts that stand above a line of a known commit, None if it is not known."""
        return None if commit not in self.facts else self.facts[commit] if self.every else ""

    def learn(self, commit: str) -> None:
        """Remember a hash, if no other begins like it."""
        short = commit[:_SHORT]
        self.hashes[short] = commit if self.hashes.get(short, commit) == commit else ""

    def path_of(self, facts: str) -> str:
        """Return the path at the end of facts and remember it."""
        self.path = facts.rpartition("\nfilename ")[2].removesuffix("\n")
        return self.path


class _Writer(_Known):
    def lines(self, lines: Sequence[PorcelainLine]) -> Iterator[str]:
        """Yield the lines of a body."""
        last: PorcelainLine | None = None
        for index, line in enumerate(lines):
            follows = (
                last is not None
                and not line.size
                and (line.hash, line.before, line.now) == (last.hash, last.before + 1, last.now + 1)
                and line.facts == self.expected(line.hash)
            )
            if not follows:
                yield from self._head(line, _length(lines, index))
            yield f"^{line.code}" if line.code[:1] and line.code[0] in _SIGNS else line.code
            last = line

    def _head(self, line: PorcelainLine, length: int) -> Iterator[str]:
        where = f"@{line.now}" + f":{line.before}" * (line.before != line.now)
        where += f" x{line.size}" * (line.size != length)
        yield f"{where} {self._short(line.hash)}"
        if line.facts != self.expected(line.hash):
            yield from self._facts(line.facts)
        self.facts.setdefault(line.hash, line.facts)

    def _short(self, commit: str) -> str:
        if self.hashes.get(commit[:_SHORT]) == commit:
            return commit[:_SHORT]
        self.learn(commit)
        return commit

    def _facts(self, facts: str) -> Iterator[str]:
        people = _PEOPLE.match(facts)
        rest = facts
        if people:
            first, second = people.groups()[:4], people.groups()[4:]
            said = [self._person(*first)] + ([self._person(*second)] if second != first else [])
            yield f"={'; '.join(said)}"
            rest = facts[people.end() :]
        above = self.path
        path = self.path_of(facts)
        for fact in rest.split("\n")[:-1]:
            key, _, value = fact.partition(" ")
            if key == "filename" and path == above:
                continue
            if key == "summary":
                yield f":{value}"
            elif key == "previous" and value.endswith(f" {path}"):
                yield f"<{self._short(value.removesuffix(f' {path}'))}"
            else:
                yield f"|{fact}"

    def _person(self, name: str, mail: str, seconds: str, zone: str) -> str:
        if self.mails.get(name) == mail:
            return f"{name} {seconds} {zone}"
        self.mails[name] = mail
        return f"{name} {mail} {seconds} {zone}"


def _length(lines: Sequence[PorcelainLine], start: int) -> int:
    """Return how many lines the run has that begins here."""
    end = start + 1
    while end < len(lines) and not lines[end].size and lines[end].hash == lines[start].hash:
        end += 1
    return end - start


class _Reader(_Known):
    def read(self, lines: Sequence[str]) -> Iterator[str]:
        """Yield the text of the blame, in pieces."""
        at = 0
        while at < len(lines):
            if lines[at] == _CUT:
                yield "\n".join(lines[at + 1 :])
                return
            run = _RUN.fullmatch(lines[at])
            if run is None:
                raise ValueError("a line of no commit")
            commit = self._long(run[4])
            end = at + 1
            while end < len(lines) and lines[end][:1] in ("=", ":", "<", "|"):
                end += 1
            said = self._facts(lines[at + 1 : end]) if end > at + 1 else None
            first = self.expected(commit) if said is None else said
            self.facts.setdefault(commit, first or "")
            at = end
            while end < len(lines) and lines[end][:1] != "@":
                end += 1
            yield from self._group(run, commit, first or "", lines[at:end])
            at = end

    def _group(
        self, run: re.Match[str], commit: str, first: str, lines: Sequence[str]
    ) -> Iterator[str]:
        now, count = int(run[1]), int(run[3] or len(lines))
        before = int(run[2] or now)
        for away, line in enumerate(lines):
            group = f" {count}" if not away and count else ""
            facts = (self.expected(commit) or "") if away else first
            code = line[1:] if line[:1] == "^" else line
            yield f"{commit} {before + away} {now + away}{group}\n{facts}\t{code}\n"

    def _long(self, commit: str) -> str:
        found = self.hashes.get(commit, "") if len(commit) == _SHORT else commit
        if not found:
            raise ValueError("no such commit")
        self.learn(found)
        return found

    def _facts(self, lines: Sequence[str]) -> str:
        facts = []
        before = None
        path = self.path
        for line in lines:
            sign, said = line[0], line[1:]
            if sign == "=":
                facts += self._people(said)
            elif sign == ":":
                facts.append(f"summary {said}")
            elif sign == "<":
                before = len(facts)
                facts.append(f"previous {self._long(said)} ")
            elif said.startswith("filename "):
                path = said.removeprefix("filename ")
            else:
                facts.append(said)
        if before is not None:
            facts[before] += path
        self.path = path
        return "".join([f"{fact}\n" for fact in [*facts, f"filename {path}"]])

    def _people(self, said: str) -> list[str]:
        first, _, second = said.partition("; ")
        made = []
        for role, person in (("author", first), ("committer", second or first)):
            found = _SPELLED.fullmatch(person)
            if found is None:
                raise ValueError("nobody known")
            name = found[1]
            self.mails[name] = found[2] or self.mails.get(name, "")
            made += [
                f"{role} {name}",
                f"{role}-mail {self.mails[name]}",
                f"{role}-time {found[3]}",
                f"{role}-tz {found[4]}",
            ]
        return made
