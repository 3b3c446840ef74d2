"""What builds print when something fails, made up: see `log_runs`."""

from __future__ import annotations

BUILDS = {
    "cargo build": (
        "   Compiling crate-{n} v0.{n}.0",
        """
!error[E0308]: mismatched types
!  --> src/main.rs:4:18
  |
!4 |     let n: i32 = "x";
  |            ---   ^^^ expected `i32`, found `&str`

!error: could not compile `shop` (bin "shop") due to 1 previous error""",
    ),
    "javac in maven": (
        "[INFO] Copying {n} resources to target/classes",
        """
[ERROR] COMPILATION ERROR :
![ERROR] /src/main/java/com/example/Tax.java:[12,16] incompatible types
![ERROR]   required: int
[INFO] 1 error
![INFO] BUILD FAILURE""",
    ),
    "gradle": (
        "> Task :module{n}:compileJava UP-TO-DATE",
        """
!> Task :tax:test FAILED

!TaxTest > rate() FAILED
!    org.opentest4j.AssertionFailedError: expected: <19> but was: <20>
        at TaxTest.rate(TaxTest.java:12)

!FAILURE: Build failed with an exception.

!* What went wrong:
!Execution failed for task ':tax:test'.

BUILD FAILED in 12s""",
    ),
    "gcc and make": (
        "gcc -O2 -Wall -c -o part{n}.o part{n}.c",
        """
ledger.c: In function 'balance':
!ledger.c:12:9: error: 'struct ledger' has no member named 'total'
!   12 |     x->total = 1;
!      |      ^~
!make: *** [Makefile:7: ledger.o] Error 1""",
    ),
    "linker": (
        "[{n}%] Building C object CMakeFiles/app.dir/part{n}.c.o",
        """
[100%] Linking C executable app
!main.c:(.text+0x13): undefined reference to `missing'
!collect2: error: ld returned 1 exit status
!make[2]: *** [CMakeFiles/app.dir/build.make:97: app] Error 1""",
    ),
    "ninja": (
        "[{n}/160] CXX obj/part{n}.o",
        """
!FAILED: obj/tax.o
g++ -c -o obj/tax.o tax.cc
!tax.cc:3:10: fatal error: rates.h: No such file or directory
!    3 | #include "rates.h"
!      |          ^~~~~~~~~
!ninja: build stopped: subcommand failed.""",
    ),
    "tsc": (
        "src/old{n}.ts(3,24): warning TS6133: 'x' is declared but its value is never read.",
        """
!src/tax.ts(9,7): error TS2322: Type 'string' is not assignable to type 'number'.
!  Types of property 'rate' are incompatible.""",
    ),
    "eslint": (
        "   {n}:9   warning  'unused' is defined but never used  no-unused-vars",
        """
/src/tax.js
!   9:22  error    'rate' is not defined  no-undef

!\u2716 151 problems (1 error, 150 warnings)""",
    ),
    "mypy": (
        "src/old.py:{n}: note: By default the bodies of untyped functions are not checked",
        """
!src/tax.py:9: error: Incompatible return value type (got "str", expected "int")  [return-value]
!Found 1 error in 1 file (checked 12 source files)""",
    ),
    "docker build": (
        "#7 {n}.3 Get:{n} http://deb.example.org/debian bookworm/main amd64 lib{n} [12 kB]",
        """
#8 [3/4] RUN npm ci
#8 4.101 npm ERR! code E404
!#8 4.102 npm ERR! 404 Not Found - GET https://registry.example.org/left-pad
!#8 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1
------
! > [3/4] RUN npm ci:
!4.101 npm ERR! code E404
------
!ERROR: failed to solve: process "/bin/sh -c npm ci" did not complete: exit code: 1""",
    ),
    "GitHub Actions": (
        "2026-03-01T10:00:{n}.1234567Z Setting up lib{n}:amd64 (1.{n}) ...",
        """
2026-03-01T10:02:01.0000000Z ##[group]Run make test
!2026-03-01T10:02:02.1000000Z --- FAIL: TestRate (0.01s)
!2026-03-01T10:02:02.2000000Z     tax_test.go:17: Rate("DE") = 20, want 19
!2026-03-01T10:02:03.0000000Z ##[error]Process completed with exit code 2.
2026-03-01T10:02:04.0000000Z Cleaning up orphan processes""",
    ),
    "dotnet": (
        "  Restored /src/Part{n}/Part{n}.csproj (in {n} ms).",
        """
!/src/Tax/Tax.cs(12,20): error CS0029: Cannot convert type 'string' to 'int' [/src/Tax/Tax.csproj]

!Build FAILED.

    0 Warning(s)
!    1 Error(s)""",
    ),
    "npm": (
        "npm http fetch GET 200 https://registry.example.org/pkg-{n} 31ms",
        """
> shop@1.0.0 build
> node build.js
!TypeError: Cannot read properties of null (reading 'entry')
!    at Object.<anonymous> (/src/build.js:2:35)
!npm ERR! code ELIFECYCLE
!npm ERR! errno 1""",
    ),
}  # fmt: skip
