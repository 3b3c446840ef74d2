"""Tells lines that say that all goes well, of which builds and tests print hundreds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from headroom_core.compressors._log.templates import VALUE

_REACH: Final = 300
_LEAST: Final = 6
_STEPS: Final = "|".join(
    "PASS,ok,--- PASS:,=== RUN,=== PAUSE,=== CONT,=== NAME,Compiling,Checking,Downloading,"
    "Downloaded,Building,Built,Installing,Installed,Collecting,Fetching,Fetched,Unpacking,Preparing,Selecting,"
    "Setting up,Extracting,Linking,Generating,Copying,Processing triggers,Requirement already,"
    "Using cached,Creating,creating,Pulling,Pushed,Waiting,Verifying,Updating,Adding,adding,"
    "copying,linking,installing,building,inflating:,extracting:,byte-compiling,Progress,Transferring,"
    "Receiving,Resolving,Uploaded,Uploading,Scanning,Entering,Leaving,make,checking,config.status,"
    "Loaded,loading,Loading,CC,CXX,LD,AR,GEN,CCLD,CXXLD,CP,MKDIR,RM,INSTALL,gcc,g++,cc,c++,clang,"
    "Trying implicit prerequisite,Trying pattern rule,Trying harder,Rejecting impossible,"
    "Looking for,Avoiding implicit,Finished prerequisites,No implicit rule,No need to remake,"
    "Pruning file,Considering target file,"
    "clang++,libtool,ar,ld,javac,rustc,install".replace("+", r"\+")
    .replace(".", r"\.")
    .replace(" ", r"\ ")
    .split(",")
)
_FRONT: Final = r"(?x)\s{0,24}(?:\[[\w\ ]{1,12}\]\s{1,4})?"
_OPENING: Final = re.compile(
    rf"""{_FRONT}(?:
      (?P<sign>[✓✔√]) | (?P<index>Get|Hit):{VALUE} |
      (?:/\S{{0,80}}/)?(?P<first>{_STEPS})[\ :({VALUE}] |
      \[\s{{0,3}}{VALUE}%?\]\ (?P<step>Building|Linking|Built|Generating|Compiling|CC|CXX)\b)"""
)
_RESULTS: Final = (
    "PASSED|PASS|passed|XFAIL|SKIPPED|skipped|ok|OK|UP-TO-DATE|FROM-CACHE|NO-SOURCE|ignored"
)
_ENDS: Final = (*_RESULTS.split("|"), "]", ")")
_ENDING: Final = re.compile(
    rf"""{_FRONT}\S.{{0,240}}[\ :](?P<last>{_RESULTS})
      (?:\s{{0,20}}\[\s{{0,3}}{VALUE}%?\]|\s{{0,4}}\({VALUE}.{{0,8}}\))?$"""
)


def find_passing(kinds: Iterable[str], content: Mapping[str, str]) -> dict[str, str]:
    """Return, for each masked line that tells of something going well, what it says.

    Only what several of them say: of a few, each may be news.

    Args:
        kinds: The masked lines in which there is no word of failure.
        content: What is left of each without its front.
    """
    found = {}
    for kind in kinds:
        text = content[kind][:_REACH]
        match = _OPENING.match(text) or (text.endswith(_ENDS) and _ENDING.match(text))
        if match:
            found[kind] = "".join(filter(None, match.groups()))
    counts = Counter(found.values())
    return {kind: said for kind, said in found.items() if counts[said] >= _LEAST}
