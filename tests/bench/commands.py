"""Makes a corpus of what commands print here: ``python -m tests.bench.commands FOLDER``.

The commands are fixed, what they print depends on the machine. Many of them were looked at while
the compressors were written, so this finds what goes out whole; it is no held-out measure. Of each
output some words are asked for that stand nowhere else in it: who shows one shows its line.

`python -m tests.bench --corpus FOLDER` measures it.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from rich.progress import track

COMMANDS: Final = {
    "packages": """
        dpkg -l
        apt list --installed
        apt-cache show bash coreutils perl python3 git
        python3 -m pip list
        python3 -m pip inspect
        python3 -m pip show -f pip
        dpkg -L perl-modules-5.36 perl-base git
        tail -n 2000 /var/log/dpkg.log
    """,
    "files": """
        ls -la /usr/bin
        ls -laR /usr/share/doc
        find /usr/lib/python3 /usr/share/perl5 -type f
        find /etc -ls
        du -a /usr/share/perl5
        tree /usr/share/perl5
        stat /usr/bin/a* /usr/bin/b* /usr/bin/c*
        file /usr/bin/a* /usr/bin/b* /usr/bin/c* /usr/bin/d*
        sha256sum /usr/bin/a* /usr/bin/b* /usr/bin/c*
        tar cvf /dev/null /etc
        wc -l /usr/share/perl5/Debconf/*.pm /usr/share/perl5/Dpkg/*.pm
    """,
    "search": """
        grep -rn sub /usr/share/perl5/Dpkg
        grep -rc import /usr/lib/python3
        grep -rn -C2 die /usr/share/perl5/Debconf
        diff -ru /usr/share/perl5/Debconf /usr/share/perl5/Dpkg
        diff /usr/share/perl5/Dpkg/Deps.pm /usr/share/perl5/Dpkg/Version.pm
        git log --stat -40
        git log -p -6
        git log --graph --oneline -300
        git shortlog -sn
        git diff HEAD~8 --stat
        git blame README.md
        git ls-tree -r HEAD
    """,
    "system": """
        ps auxww
        top -b -n 1
        df -h
        mount
        env
        sysctl -a
        getconf -a
        lscpu
        cat /proc/meminfo
        cat /proc/self/maps
        cat /proc/cpuinfo
        cat /etc/services
        dmesg
        ss -tanp
        ip addr
    """,
    "binaries": """
        readelf -a /bin/ls
        objdump -d /bin/true
        nm -D /lib/x86_64-linux-gnu/libc.so.6
        strings /bin/ls
        xxd /bin/true
        od -c /bin/true
        ldd /usr/bin/git
        strace -f ls /
        strace -c ls /
        gcc -v -E -x c /dev/null
        perl -V
    """,
    "python": """
        python3 -m unittest -v test.test_textwrap
        python3 -X importtime -c 'import asyncio, http.server'
        python3 -m cProfile -s tottime -m json.tool /dev/null
        python3 -m dis /usr/lib/python3/dist-packages/apt/cache.py
        python3 -m tokenize /usr/lib/python3/dist-packages/apt/cache.py
        python3 -m ast /usr/lib/python3/dist-packages/apt/cache.py
        python3 -m pydoc subprocess
        python3 -c 'import sysconfig; sysconfig._main()'
    """,
    "help": """
        man git
        git help -a
        gcc --help=warnings
        gcc -Q --help=optimizers
        node --v8-options
        cmake --help-full
        apropos .
        infocmp xterm
    """,
}
_SECONDS: Final = 60
_SHORTEST: Final = 1_500
_LONGEST: Final = 400_000
_ASKED: Final = 3
_WORD = re.compile(r"\b[A-Za-z_]\w{5,60}\b")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the corpus."""
    (name,) = arguments if arguments is not None else sys.argv[1:]
    folder = Path(name)
    folder.mkdir(parents=True, exist_ok=True)
    items: list[dict[str, Any]] = []
    needles: dict[str, list[dict[str, Any]]] = {}
    listed = [(kind, each.strip()) for kind, all_ in COMMANDS.items() for each in all_.splitlines()]
    for kind, command in track([pair for pair in listed if pair[1]]):
        text = _printed(command)
        if not _SHORTEST <= len(text) <= _LONGEST:
            continue
        id_ = f"{kind}_{re.sub(r'[^a-z0-9]+', '_', command.lower()).strip('_')[:40]}"
        (folder / f"{id_}.txt").write_text(text, encoding="utf-8", newline="")
        items.append(
            {
                "id": id_,
                "category": kind,
                "form": "text",
                "file": f"{id_}.txt",
                "question": "Is there anything unusual?",
                "tool": {"name": "bash", "arguments": {"command": command}},
            }
        )
        needles[id_] = [
            {
                "kind": "line",
                "type": "text",
                "all_of": [word],
                "query": f"What does it say about {word}?",
            }
            for word in _asked(text)
        ]
    (folder / "MANIFEST.json").write_text(json.dumps({"items": items}, indent=1))
    (folder / "needles.json").write_text(json.dumps(needles, indent=1))
    return 0


def _printed(command: str) -> str:
    """Return what a command prints, cut to whole lines; "" if it is not installed."""
    try:
        done = subprocess.run(
            ["bash", "-c", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    text = done.stdout.decode("utf-8", "replace")
    if len(text) > _LONGEST:
        text = text[: text.rfind("\n", 0, _LONGEST) + 1]
    return "" if done.returncode == 127 else text


def _asked(text: str) -> list[str]:
    """Return words that stand nowhere else in a text, the same ones whenever it is asked."""
    counts = Counter(_WORD.findall(text))
    rare = sorted(word for word, times in counts.items() if times == 1 and text.count(word) == 1)
    return random.Random(7).sample(rare, min(_ASKED, len(rare)))


if __name__ == "__main__":
    sys.exit(main())
