"""What tests and builds print when something fails, made up: a lot goes well, then it does not.

Each run is (what goes well, over and over with a number in it; what else is printed). Of the
second part the lines that begin with "!" must be seen, and the sign is no part of them.
"""

from __future__ import annotations

from tests.compressors.log_build_runs import BUILDS

TESTS = {
    "pytest": (
        "tests/test_cart.py::test_adds_{n} PASSED                    [ {n}%]",
        """
!tests/test_tax.py::test_total FAILED                       [ 99%]

=================================== FAILURES ===================================
!__________________________________ test_total __________________________________

    def test_total():
        items = [3, 4]
!>       assert total(items) == 8
!E       assert 7 == 8
E        +  where 7 = total([3, 4])

!tests/test_tax.py:9: AssertionError
=========================== short test summary info ============================
!FAILED tests/test_tax.py::test_total - assert 7 == 8
!======================== 1 failed, 150 passed in 3.21s =========================""",
    ),
    "unittest": (
        "test_adds_{n} (test_cart.CartTest.test_adds_{n}) ... ok",
        """
!======================================================================
!ERROR: test_rate (test_tax.TaxTest.test_rate)
----------------------------------------------------------------------
!Traceback (most recent call last):
!  File "/src/test_tax.py", line 14, in test_rate
!    rate("XX")
!KeyError: 'XX'

----------------------------------------------------------------------
Ran 151 tests in 0.310s

!FAILED (errors=1)""",
    ),
    "jest": (
        "    \u2713 adds item {n} (1 ms)",
        """
!    \u2715 adds the tax (4 ms)

!  \u25cf cart \u203a adds the tax

!    expect(received).toBe(expected) // Object.is equality

!    Expected: 120
!    Received: 119

      12 |   it('adds the tax', () => {
!    > 13 |     expect(total([100])).toBe(120);
         |                          ^

!      at Object.toBe (src/cart.test.js:13:26)

!Tests:       1 failed, 150 passed, 151 total""",
    ),
    "vitest": (
        " \u2713 src/cart.test.ts > cart > adds item {n} 2ms",
        """
! FAIL  src/tax.test.ts > tax > has a rate
!AssertionError: expected 0.2 to be 0.19 // Object.is equality

- Expected
+ Received

!- 0.19
!+ 0.2

! \u276f src/tax.test.ts:7:18
      5|   it('has a rate', () => {

      Tests  1 failed | 150 passed (151)""",
    ),
    "mocha": (
        "    \u2714 adds item {n}",
        """
!    1) times out

  150 passing (2s)
!  1 failing

!  1) cart
!       times out:
!     Error: Timeout of 50ms exceeded. Ensure the done() callback is being called.
      at listOnTimeout (node:internal/timers:573:17)""",
    ),
    "cargo test": (
        "test cart::adds_{n} ... ok",
        """
!test tax::rate ... FAILED

failures:

---- tax::rate stdout ----
!thread 'tax::rate' panicked at src/tax.rs:9:5:
!assertion `left == right` failed
!  left: 20
! right: 19

failures:
!    tax::rate

!test result: FAILED. 150 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out""",
    ),
    "go test": (
        "--- PASS: TestAdd{n} (0.00s)",
        """
!--- FAIL: TestRate (0.01s)
!    tax_test.go:17: Rate("DE") = 20, want 19
FAIL
!FAIL	example.com/shop/tax	0.013s""",
    ),
    "maven": (
        "[INFO] Downloaded from central: https://repo.example.org/a/{n}.pom ({n} kB at 2 MB/s)",
        """
[INFO] Running com.example.TaxTest
!Tests run: 3, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE!
!com.example.TaxTest.rate  Time elapsed: 0.01 s  <<< FAILURE!
!org.junit.ComparisonFailure: expected:<19> but was:<20>
!	at com.example.TaxTest.rate(TaxTest.java:12)

!Failed tests:
!  TaxTest.rate:12 expected:<19> but was:<20>

![INFO] BUILD FAILURE
![ERROR] Failed to execute goal surefire:test (default-test) on project shop""",
    ),
    "rspec": (
        "  adds item {n}",
        """
Failures:

!  1) Tax has a rate
!     Failure/Error: expect(rate).to eq(19)

!       expected: 19
!            got: 20
!     # ./spec/tax_spec.rb:7:in `block (2 levels) in <top (required)>'

!151 examples, 1 failure

Failed examples:

!rspec ./spec/tax_spec.rb:5 # Tax has a rate""",
    ),
    "phpunit": (
        ".............................................................   {n} / 160",
        """
There was 1 failure:

!1) Tests\\TaxTest::testRate
!Failed asserting that 20 matches expected 19.

!/src/tests/TaxTest.php:12

!FAILURES!
!Tests: 151, Assertions: 302, Failures: 1.""",
    ),
    "sbt": (
        "[info] - adds item {n}",
        """
![info] - has a rate *** FAILED ***
![info]   20 did not equal 19 (TaxSpec.scala:12)
[info] Run completed in 2 seconds.
![info] *** 1 TEST FAILED ***
![error] (Test / test) sbt.TestsFailedException: Tests unsuccessful""",
    ),
    "a service": (
        "2026-03-01 10:00:00,123 INFO api - GET /orders/{n} 200 12 ms",
        """
!2026-03-01 10:02:01,004 ERROR api - order 7 could not be charged
!java.lang.IllegalStateException: gateway is closed
!	at com.example.Gateway.send(Gateway.java:31)
!	at com.example.Orders.charge(Orders.java:12)
!Caused by: java.net.SocketTimeoutException: Read timed out
!2026-03-01 10:02:01,200 WARN pool - 19 of 20 connections in use""",
    ),
}  # fmt: skip
RUNS = TESTS | BUILDS


def run(name: str) -> tuple[str, list[str], str]:
    """Return what a tool printed, which lines of it must be seen, and a word of its noise."""
    noise, rest = RUNS[name]
    well = [
        noise.replace("{n}", str(10 + n % 50 if "Z Setting" in noise else n)) for n in range(150)
    ]
    lines = rest.strip("\n").split("\n")
    wanted = [line[1:] for line in lines if line.startswith("!")]
    text = "\n".join([*well, "", *(line.removeprefix("!") for line in lines)])
    return text, wanted, noise
