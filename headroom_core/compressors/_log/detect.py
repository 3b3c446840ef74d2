"""Tells logs from other texts, by a look at the start and a bit of the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from headroom_core import line_numbers
from headroom_core.types import Block

UNKNOWN: Final = 0.3
"""How sure it is of lines that are no code, prose or table, and that nothing shows to be a log."""

SURE: Final = 0.5
"""How sure it is of so many of these that a command must have printed them."""

_MUCH: Final = 8_000
_START: Final = 8_000
_SLICE: Final = 4_000
_REACH: Final = 200
_MAX_LINES: Final = (48, 24, 24)
_STAMP_REACH: Final = 68
_LEVEL_REACH: Final = 70
_MAX_WORDS: Final = 6_000
_MIN_STAMPED: Final = 5
_INSIDE: Final = frozenset(" \t{}[]")
"""How lines begin that go on with an entry: traces, and data between the lines."""

_OTHER: Final = re.compile(
    r"\s*(?:diff --git |Index: |--- \S+.*\n\+\+\+ |commit [0-9a-f]{7,40}\b|From [0-9a-f]{40} |"
    r"<(?:!doctype|html|\?xml)|\[\s*(?:\[\s*)*+(?:[{\"\]]|-?\d[\d.eE+-]*\s*,)|\{\s*[\"}]|#!|"
    r"\d+\r?\n\d\d:\d\d:\d\d[,.]\d{3} --> |WEBVTT)",
    re.IGNORECASE,
)
_STAMP: Final = re.compile(
    r"\d(?:\d{3}[-/.]\d\d[-/.]\d\d[T_ -]\d\d[:.]\d\d|(?<!\w\d)\d:\d\d:\d\d\b|(?<!\w\d)\d{7}-\d|"
    r"\d{5} \d{6} |\d{0,6}\.\d{3,6}\]|(?<=1)(?<!\S1)\d{9}(?:\.\d+)? )"
)
_LEVEL: Final = re.compile(
    r"(?:INFO|DEBUG|WARN(?:ING)?|ERROR|FATAL|TRACE|CRITICAL|NOTICE|SEVERE)\b|"
    r"level=\w|\[(?:info|debug|warn|warning|error|notice)\]"
)
_NUMBERED: Final = re.compile(r"[:(-]\d")
_RUNNER: Final = re.compile(
    r"""(?x)(?:\[[^\]\n]{1,40}\]\ {0,3}+)?(?:
      npm\ (?:ERR|WARN|notice) | \s{0,12}(?:Compiling|Checking|Finished|Download(?:ing|ed)|Building|
      Installing|Collecting|Fetching|Unpacking|Preparing|Selecting|Extracting|Linking|Generating|
      Running|Step|Copying|Entering|Leaving|Making\ (?:all|install))\ \S | Requirement\ already\ |
      Get:\d+\ | Setting\ up\ | Processing\ triggers | (?:g?make|ninja)(?:\[\d+\])?:\  |
      configure:\  | checking\ (?:for|if|whether|how|that)?\ ?\S | \$\ \S | \+\ \S+\  |
      \[(?:INFO|ERROR|WARNING|\d+/\d+|\s*\d+%)\] | [=_-]{5,}\ .*\ [=_-]{5,}$ | >\ Task\  |
      \#\d+\ (?:\[|\d+\.\d+\ |DONE|CACHED) | (?:error|warning)(?:\[\w+\])?:\  |
      \s{1,16}at\ [\w.$<>]+\( | Traceback\ \( |
      \ \ File\ ".*",\ line\ \d+ | (?:not\ )?ok\ \d+\  | \s{0,8}---\ (?:PASS|FAIL|SKIP) |
      ===\ (?:RUN|PAUSE|CONT) | \S+::\S+\ (?:PASS|FAIL|SKIP|ERR) | (?:PASS|FAIL|ok)\s{1,4}\S+ |
      test\ .{1,200}\ \.\.\.\ (?:ok|FAILED|ignored) | \s{0,24}[✓✔✖✗✘√]\  | Caused\ by:\  |
      \s{0,8}\[\w[\w.-]{1,20}\]\  | \s{0,8}\d{1,4}\ (?:passing|failing|pending|passed|failed)\b |
      E\ {2,}\S | \s{1,6}\d{1,6}:\d{1,5}\s{1,4}(?:error|warning)\b | goroutine\ \d+\ \[ |
      \s{1,9}[^\s:]{1,160}+:\d{1,6}\ \+0x | \s{1,9}\#\ \./[^\s:]{1,160}+:\d{1,6}:in |
      \s{0,8}(?:-->|●)\ \S | \s{1,8}\|\ {1,80}\^ |
      \s{1,6}>?\s{0,4}\d{1,5}\ \|\  | \[(?:parsing|loading|search|wrote)\ |
      \w{1,80}+\ \([\w.]{1,160}+\)\ \.\.\.\  | (?:TASK|PLAY)\ \[ |
      (?:ok|changed|skipping|failed|fatal):\ \[ |
      [^\s:]{1,80}+:\ (?:Creat|Creation|Modif|Destr|Refreshing|Still\ c)[a-z]+\b |
      \s{0,4}(?:CC|CXX|LD|AR|CCLD|GEN|CXXLD)\ {2,}\S |
      \s{0,40}+<(?:Dir|Package|Module|Class|Function|UnitTestCase|TestCaseFunction|Coroutine)\ \S |
      [\w./-]{1,160}+(?<=\.py)::\w | \s{0,90}+(?:Considering\ (?:target|makefile)|Must\ remake|
      No\ need\ to\ remake|Trying\ (?:pattern|implicit|harder)|Rejecting\ impossible|
      Finished\ prereq|No\ implicit\ rule|Looking\ for\ an?\ (?:implicit|rule)|
      Avoiding\ implicit|Pruning\ file|
      Prerequisite\ '|File\ '.{1,160}'\ (?:does\ not\ exist|was\ considered)|Successfully\ remade|
      Found\ an\ implicit|(?:Live|Reaping|Removing|Putting)\ .{0,20}child) |
      (?:[a-z][\w-]{0,60}+\ {1,40}+)?\d{1,4}+[smhd][\w\ ()]{0,40}\ (?:Normal|Warning)\ {2,9}[A-Z] |
      \ {9}(?:\ {8})?[Uwv]\ \S | [0-9a-f]{8}(?:[0-9a-f]{8})?(?:\ [A-Za-z?-]\ \S|
      \ [lgu!\ ][w\ ][C\ ][W\ ][Ii\ ][dD\ ][FfO\ ]\ \S+\t) |
      (?:gcc|g\+\+|cc|clang|libtool|javac|ld|ar)\ -)"""
)
_DIAGNOSTIC: Final = re.compile(
    r"(?:\[\w+\] )?\s{0,4}(?:[A-Za-z]:)?[\w./\\@+-]{1,160}[:(]\d{1,7}(?:[:,]\d{1,6})?\)?(?::| -)? ?"
    r"(?:fatal )?(?:error|warning|note|info|remark|style|[EWFC]\d{3,4})\b"
)
_MATCH: Final = re.compile(
    r"(?:[A-Za-z]:)?(?:[\w./\\@+ -]{0,160}+(?<=[A-Za-z_+/\\]):\d{1,7}:|"
    r"[\w./\\@+ -]{0,160}?[A-Za-z_+/\\]-\d{1,7}-)"
)
_FOUND: Final = re.compile(r"[\w./\\@+ -]{0,160}[A-Za-z_]:\d{1,7}:")
_LISTED: Final = re.compile(
    r"[-dlbcps][rwxsStT-]{9}[.+@]?\s|(?:│| {4})*(?:├──|└──)|"
    r"(?:\.{0,2}/|[\w.@+-]+/)[\w.@+/-]*$|total \d+$"
)
_CODE: Final = re.compile(
    r"""(?x)\s*(?:(?:async\ )?def\ \w+\( | class\ \w[\w().,\ ]*[:{]$ | from\ [\w.]+\ import\  |
      import\ [\w.{*"'] | return\b.{0,80};?$ | (?:if|for|while|switch|elif)\b.{0,120}[:{]$ |
      (?:else|try|do|finally)\b\ ?[:{]$ | \}\ ?(?:else|catch|finally)?.{0,40}\{?$ |
      (?:export|public|private|protected|static|const|let|var|final)\  |
      (?:pub\ )?(?:fn|struct|enum|impl|trait|use|mod)\  | func[\ (] |
      \#\s?(?:include|define|ifdef|ifndef|endif|if|pragma)\b | package\ \w | // | /\* | \*/ | \*\  |
      @\w+(?:\(.*\))?$ | \)+[;:,]*$)"""
)
_DUMPED: Final = ("INSERT INTO ", "insert into ")
"""How lines of a dump of a database begin: statements, but data."""

_BLAME: Final = re.compile(
    r"\^?[0-9a-f]{7,40} .{0,80}?\(.{1,60}? \d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4} {1,7}\d+\)"
)
_FILE: Final = re.compile(
    r"""(?x)"\w{0,20}(?:path|file|ur[il])\w{0,20}"\s{0,4}: |
      \b(?:cat|head|tail|sed|awk|less|more|bat|batcat|nl|tac|type|view|open|show|Get-Content)\b
      [^|;&\n]{0,200}?\.(?!(?:log|out|err|txt)\b)[A-Za-z]\w{0,8}\b"""
)
_READER: Final = re.compile(r"(?i)read|view|open|cat\b|file|document|source|content")
_CALL: Final = 2_000
_WORD: Final = re.compile(r"[a-z]+")
_COMMON: Final = frozenset(
    "the of and to in is that it as with on be this are by an or not you we can will has have "
    "which its was when your may a for from at".split()
)
_MARKUP: Final = re.compile(r"(?:#{1,6} \S|```|\|.*\|$|> |[-*] \S|\d{1,2}\. \S)")


def sureness(text: str) -> float:
    """Return how sure it is that `text` is a log, 0 to 1."""
    slices = _slices(text)
    lines = [line for part in slices for line in part]
    if not lines or _OTHER.match(text[:4096]):
        return 0.0
    plain = [line for line in lines if not _STAMP.search(line, 0, _STAMP_REACH)]
    if _share(lines, _BLAME) > 0.5 or _is_table(slices[0]):
        return 0.2
    numbered = [line for line in lines if _NUMBERED.search(line)]
    if (_count(numbered, _FOUND) - _count(numbered, _DIAGNOSTIC)) / len(lines) > 0.6:
        return 0.05
    if len(plain) <= 0.5 * len(lines):
        return 0.95
    if len(lines) - len(plain) >= _MIN_STAMPED and all(line[0] in _INSIDE for line in plain):
        return 0.9
    if any(len(part) > 8 and _share_stamped(part) >= 0.5 for part in slices):
        return 0.8
    return _sureness_by_words(lines, plain)


def is_printed(block: Block) -> bool:
    """Return whether a text is long, and comes from a tool that was not called to show a file."""
    if len(block.text) < _MUCH or not block.tool or _READER.search(block.tool):
        return False
    call = block.query[-_CALL:].rpartition("\n")[2]
    return not _FILE.search(call) and not line_numbers.starts(block.text)


def _sureness_by_words(lines: Sequence[str], plain: Sequence[str]) -> float:
    """Return how sure it is that lines, most of them without a time, come from a log."""
    numbered = [line for line in plain if _NUMBERED.search(line)]
    diagnosed = _count(numbered, _DIAGNOSTIC) / len(plain)
    if _count(numbered, _MATCH) / len(plain) - diagnosed > 0.6 or _share(plain, _LISTED) > 0.5:
        return 0.05
    stamped = 1 - len(plain) / len(lines)
    written = [line for line in plain if not line.startswith(_DUMPED)]
    code = sum(1 for line in written if line[-1] in ";{" or _CODE.match(line)) / len(plain)
    levels = sum(1 for line in plain if _LEVEL.search(line, 0, _LEVEL_REACH)) / len(plain)
    spoken = diagnosed + max(_share(plain, _RUNNER), levels)
    telling = stamped + (1 - stamped) * spoken
    if telling >= 0.1 and code <= telling + 0.1:
        return min(0.9, 0.5 + telling)
    if code >= 0.25 or _share(lines, _MARKUP) >= 0.25:
        return 0.0
    words = _WORD.findall("\n".join(lines)[:_MAX_WORDS].lower())
    common = sum(1 for word in words if word in _COMMON) / max(1, len(words))
    return 0.1 if common > 0.16 else UNKNOWN


def _slices(text: str) -> list[list[str]]:
    """Return lines of the start, the middle and the end, cut to what a pattern looks at."""
    middle = max(_START, len(text) // 2)
    end = max(middle + _SLICE, len(text) - _SLICE)
    parts = (text[:_START], text[middle : middle + _SLICE], text[end:])
    return [
        _readable(part.split("\n")[number > 0 :], most)
        for number, (part, most) in enumerate(zip(parts, _MAX_LINES, strict=True))
    ]


def _readable(lines: Sequence[str], most: int) -> list[str]:
    told = (line for line in lines if line and not line.isspace())
    return [line[:_REACH].rstrip("\r") for line in islice(told, most)]


def _count(lines: Sequence[str], pattern: re.Pattern[str]) -> int:
    match = pattern.match
    return sum(1 for line in lines if match(line))


def _share(lines: Sequence[str], pattern: re.Pattern[str]) -> float:
    return _count(lines, pattern) / len(lines) if lines else 0.0


def _share_stamped(lines: Sequence[str]) -> float:
    return sum(1 for line in lines if _STAMP.search(line, 0, _STAMP_REACH)) / len(lines)


def _is_table(lines: Sequence[str]) -> bool:
    """Return whether the first lines have the same number of tabs, or of commas, 2 at least."""
    first = lines[:30]
    return len(first) > 2 and any(
        first[0].count(sign) >= 2
        and " " not in first[0].replace(f"{sign} ", sign)
        and all(line.count(sign) == first[0].count(sign) for line in first[:-1])
        for sign in "\t,"
    )
