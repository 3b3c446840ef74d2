"""Lists of files as tools print them, made up: the same on every machine."""

from __future__ import annotations

WORDS = "cache client config errors events index loader model parser queue router store".split()


def repository():
    """Return the paths of a made-up repository, in the order of `git ls-files`."""
    paths = [".editorconfig", ".github/workflows/ci.yml", "Dockerfile", "README.md", "go.mod"]
    paths += [f"changes/release_v0.{i // 7}.{i % 7}.md" for i in range(60)]
    for part in ("api", "core/io", "core/net", "ui"):
        paths += [f"internal/{part}/{word}.go" for word in WORDS]
        paths += [f"internal/{part}/{word}_test.go" for word in WORDS[::2]]
        paths.append(f"internal/{part}/testdata/{part[-2:]}.json")
    paths += ["main.go", "scripts/release me.sh", "scripts/build.sh"]
    return paths


def find():
    """Return what `find .` prints: folders have lines of their own."""
    lines = ["."]
    for path in repository():
        parts = f"./{path}".split("/")
        above = ["/".join(parts[:end]) for end in range(2, len(parts))]
        lines += [folder for folder in above if folder not in lines]
        lines.append("/".join(parts))
    return "\n".join(lines) + "\n"


def tree(node=None, before=""):
    """Return what `tree` prints, without its first and last lines."""
    if node is None:
        node = {}
        for path in repository():
            inside = node
            for part in path.split("/"):
                inside = inside.setdefault(part, {})
    lines = []
    for number, (name, inside) in enumerate(node.items(), 1):
        last = number == len(node)
        lines.append(f"{before}{'└── ' if last else '├── '}{name}")
        lines += tree(inside, before + ("    " if last else "│   ")) if inside else []
    return lines


def long_listing():
    """Return what `ls -laR` prints, newest files in one folder only."""
    folders = {}
    for path in repository():
        folder, _, name = f"./{path}".rpartition("/")
        parts = folder.split("/")
        for end in range(1, len(parts) + 1):
            folders.setdefault("/".join(parts[:end]), [])
        folders[folder].append(name)
    blocks = []
    for folder, names in sorted(folders.items()):
        inside = [f.rpartition("/")[2] for f in folders if f.rpartition("/")[0] == folder]
        rows = [("drwxr-xr-x", "3", "4096", ".")]
        rows += [("drwxr-xr-x", "3", "4096", "..")]
        rows += [("drwxr-xr-x", "3", "4096", name) for name in inside]
        for name in names:
            mode = "-rwxr-xr-x" if name.endswith(".sh") else "-rw-r--r--"
            rows.append((mode, "1", str(len(name) ** 3), name))
        day = "Mar  3 10:00" if folder.endswith("ui") else "Jan 14 08:30"
        lines = [
            f"{mode} {links} dev dev {size:>{max(len(row[2]) for row in rows)}} {day} {name}"
            for mode, links, size, name in rows
        ]
        blocks.append("\n".join([f"{folder}:", f"total {len(rows) * 4}", *lines]))
    return "\n\n".join(blocks) + "\n"


def status():
    """Return what `git status` prints."""
    changed = [f"\tmodified:   {path}" for path in repository()[70:110]]
    changed.insert(7, "\tdeleted:    internal/api/old.go")
    new = [f"\t{path}" for path in repository()[20:34]]
    return "\n".join(
        [
            "On branch main",
            "",
            "Changes not staged for commit:",
            '  (use "git add/rm <file>..." to update what will be committed)',
            *changed,
            "",
            "Untracked files:",
            *new,
            "",
        ]
    )


FIND = find()
TREE = "\n".join([".", *tree(), "", "14 directories, 143 files"])
LONG = long_listing()
STATUS = status()
SHORT_STATUS = "".join(f" M {path}\n" for path in repository()[70:]) + "?? new.go\n"
SIZES = "".join(f"{4 * (i % 5)}\t./{path}\n" for i, path in enumerate(repository())) + "340\t.\n"

TYPICAL = {
    "find": FIND,
    "tree": TREE,
    "ls -laR": LONG,
    "git status": STATUS,
    "git status --short": SHORT_STATUS,
    "du -a": SIZES,
}

HOSTILE = {
    "slashes": "/" * 300_000,
    "slash lines": "/\n" * 100_000,
    "deep paths": "a/" * 200_000 + "\n" + "b/c\n" * 9,
    "a folder a line": "".join(f"d{i}/x\n" for i in range(40_000)),
    "folders in folders": "".join("a/" * (i % 59) + f"{i}.py\n" for i in range(9_000)),
    "dots": "./.\n.\n..\n./..\n" * 9_000,
    "own folded lines": "root ./\n./ a.py b.py\n src/ c.py\n|x\n" * 9_000,
    "own first line": '{"listed":"","tree":["a","b","c","d"]} root x/\nx/ y/z.py\n' * 5_000,
    "bars of a tree": "├── a\n" + "│   " * 60_000 + "\n",
    "branches": "├── a\n" * 60_000,
    "deeper and deeper": "\n".join("│   " * (i % 300) + "├── x" for i in range(3_000)),
    "rows of ls": "-rw-r--r-- 1 a b 12 Jan  1 10:00 x\n" * 15_000,
    "nearly rows of ls": "-rw-r--r-- 1 " + " " * 300_000 + "x\n-rw-r--r-- 1 a b" + "1" * 200_000,
    "headings of ls": "a:\n\n" * 60_000,
    "quoted names": '"a b".py\n[x].py\na=b.py\n' * 9_000,
}

CASES = {
    "listing/find": (FIND, "In which directory is release_v0.4.3.md?"),
    "listing/tree": (TREE, "Where is the network router?"),
    "listing/ls": (LONG, "When was ui/parser.go changed?"),
    "listing/status": (STATUS, "Was anything deleted?"),
}
