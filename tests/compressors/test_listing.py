"""Lists of files, folded by folder without loss."""

from __future__ import annotations

import pytest

from headroom_core.compressors._listing import (
    fold as listing_fold,
    layout as listing_layout,
    read as listing_read,
)
from headroom_core.compressors._listing.layout_decode import decode as laid_out
from headroom_core.compressors._listing.long import read as read_long
from headroom_core.compressors._listing.unfold import decode
from headroom_core.compressors.listing import ListingCompressor
from headroom_core.expansion import expand
from headroom_core.tokenizers.estimate import estimate
from headroom_core.types import Block, Budget
from tests.compressors.listing_inputs import FIND, LONG, SHORT_STATUS, SIZES, STATUS, TREE

listing = ListingCompressor()
LOSSLESS = Budget(None, estimate)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        pytest.param(FIND, 0.9, 1, id="find"),
        pytest.param(FIND.replace("\n", "\r\n"), 0.9, 1, id="find, CRLF"),
        pytest.param(TREE, 0.9, 1, id="tree"),
        pytest.param(LONG, 0.9, 1, id="ls -laR"),
        pytest.param(STATUS, 0.5, 1, id="git status"),
        pytest.param(SHORT_STATUS, 0.9, 1, id="git status --short"),
        pytest.param(SIZES, 0.9, 1, id="du -a"),
        pytest.param("a.py\nb.py\nlib\nLICENSE\nc.md\nd.toml\n", 0.9, 1, id="ls"),
        pytest.param("a/b.py\na/c.py\n" * 9, 0.9, 1, id="paths of one length"),
        pytest.param("a/b.py:1:x\n" * 40, 0, 0, id="grep"),
        pytest.param("a/b.py-1-x y\n" * 40, 0, 0, id="the context of grep"),
        pytest.param("src/a.c:7:3: error: no\n" * 9, 0, 0, id="what a compiler says"),
        pytest.param("10:00:00 INFO wrote /var/x\n" * 40, 0, 0, id="a log"),
        pytest.param("- src/a.py\n- src/b.py\n" * 20, 0, 0, id="a list in prose"),
        pytest.param("a/b.py,1,2\n" * 40, 0, 0, id="CSV"),
        pytest.param("import os/path;\nreturn a/b;\n" * 20, 0, 0, id="code"),
        pytest.param("https://example.com/a/b.html\n" * 20, 0, 0, id="addresses"),
        pytest.param("2026/01/02\n" * 40, 0, 0, id="dates"),
        pytest.param(("aB3/" * 19 + "\n") * 40, 0, 0, id="base64"),
        pytest.param("tests/test_a.py::test_b PASSED\n" * 40, 0, 0, id="pytest -v"),
        pytest.param(" src/a.py | 12 ++--\n" * 40, 0.9, 1, id="git diff --stat"),
        pytest.param("foo.bar.baz\nfoo.bar\n" * 40, 0, 0, id="modules"),
        pytest.param("├── foo@1.0.7\n│   └── bar@2.0.1\n" * 9, 0, 0.4, id="npm ls"),
        pytest.param("├── foo v1.0.7\n│   └── bar v2.0.1 (*)\n" * 9, 0, 0.4, id="cargo tree"),
        pytest.param("a==1.2\n└── b [required: >=1, installed: 2]\n" * 9, 0, 0.4, id="pip"),
        pytest.param("text/html\nimage/png\napplication/pdf\n" * 9, 0, 0.4, id="types of content"),
        pytest.param("# made\n*.pyc\n/dist/\nbuild/\n.env\ntmp/x.log\n", 0, 0.4, id=".gitignore"),
        pytest.param("ann/shop\nbob/tool\ncat/lib.js\n" * 9, 0, 0.4, id="repositories"),
        pytest.param("origin/main\norigin/fix/one\norigin/fix/two\n" * 9, 0, 0.4, id="branches"),
        pytest.param("/api/v1/parts\n/api/v1/orders/all\n" * 9, 0, 0.4, id="routes"),
        pytest.param("example.org/a/b\nexample.org/c/d/e\n" * 9, 0, 0.4, id="modules of Go"),
        pytest.param(
            "/opt/doc:\nbash\nbc\n\n/opt/doc/bash:\nINTRO\nNEWS\n\n/opt/doc/bc:\ncopyright\n",
            0.9,
            1,
            id="ls -R, names alone",
        ),
        pytest.param("a:\nb\nc\n\na note\n\na/b is:\nc\n", 0, 0.4, id="prose with colons"),
        pytest.param("src\nsrc/a\nsrc/a/b\nsrc/c\nsrc/c/d\n", 0.9, 1, id="find -type d"),
        pytest.param(FIND[:900] + "INFO it is up, at 10:00\n" * 400, 0, 0.4, id="a log after find"),
    ],
)
def test_detect(text, low, high):
    assert low <= listing.detect(Block(text)) <= high


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param(
            "./src/a.py\n./src/b.py\n./src/lib/c.py\n./src/lib/d.py\n./e.md\n./f.md",
            "root ./\nsrc/ a.py b.py\n lib/ c.py d.py\n./ e.md f.md",
            id="names stand behind their folder, in order",
        ),
        pytest.param(
            "a\na/x.py\na/b\na/b/y.py\na/b/z.py\na/w.py\nc\nc/v.py\nc/u.py",
            '{"listed":""} root \na/ x.py\n b/ y.py z.py\na/ w.py\nc/ v.py u.py',
            id="the line of a folder above its content is implied",
        ),
        pytest.param(
            "a/\na/x.py\na/y.py\nb/\nb/z.py\nb/w.py",
            '{"listed":"/"} root \na/ x.py y.py\nb/ z.py w.py',
            id="so is one that ends with a slash",
        ),
        pytest.param(
            ".\n./a\n./a/x\n./a/y\n./b",
            '{"listed":"","top":true} root ./\na/ x y\n./ b',
            id="and that of the root",
        ),
        pytest.param(
            "p/a/x.py\np/a/y.py\np/a\np/b/z.py\np/b/w.py\np/b",
            "root p/\na/ x.py y.py .\nb/ z.py w.py .",
            id="a folder below its content is a dot",
        ),
        pytest.param(
            "p/x.py\np/one/y.py\np/z.py\np/w.py",
            "root p/\n./ x.py one/y.py z.py w.py",
            id="a single file in a folder stays in the line",
        ),
        pytest.param(
            "p/one two.py\np/a=b\np/[id].ts\np/x y/z\np/x y/w",
            'root p/\n./ "one two.py" "a=b" "[id].ts"\n"x y/" z w',
            id="names with blanks and signs are quoted",
        ),
        pytest.param(
            'p/a.py\nfind: p/b: Permission denied\np/c.py\n\np/"d\np/e.py\n',
            'root p/\n./ a.py\n|find: p/b: Permission denied\n./ c.py\n\n|p/"d\n./ e.py\n',
            id="what is no path keeps its line",
        ),
        pytest.param(
            " M p/a.py\n M p/b.py\n?? p/c.py\n?? p/d.py",
            '{"frame":["",2," "]} root p/\n./ [M] a.py b.py [??] c.py d.py',
            id="a state holds for the names after it",
        ),
        pytest.param(
            "  12 p/a.py\n 340 p/b.py\n   7 p/c.py\n  16 p/d.py\n 375 total",
            '{"frame":[" ",3," "],"each":true} root p/\n'
            "./ a.py=12 b.py=340 c.py=7 d.py=16\n| 375 total",
            id="a number stands behind its name",
        ),
        pytest.param(
            ".\n├── a\n│   ├── x.py\n│   └── y -> ../z\n└── b.py\n\n1 directory, 3 files",
            '{"listed":"","tree":["├── ","└── ","│   ","    "]} root \n'
            '|.\na/ x.py "y -> ../z"\n./ b.py\n\n|1 directory, 3 files',
            id="a tree is its names",
        ),
        pytest.param(
            ".\n├── a\n│   ├── x.py\n│   └── b\n│       ├── y.py",
            '{"listed":"","tree":["├── ","└── ","│   ","    "],"cut":[true,false,true]} root \n'
            "|.\na/ x.py b/y.py",
            id="a tree that breaks off says where more was to come",
        ),
        pytest.param(
            "one\n├── a/\n│   └── x.py\n└── b.py\ntwo\n└── a/\n    └── x.py",
            '{"listed":"/","tree":["├── ","└── ","│   ","    "]} root \n'
            "|one\na/ x.py\n./ b.py\n|two\n./ a/ a/x.py",
            id="one tree may follow another",
        ),
        pytest.param(
            "\tp/a.py\n\tp/b.py",
            '{"frame":["\\t",0,""]} root p/\n./ [] a.py b.py',
            id="a state of nothing but blanks",
        ),
        pytest.param("a/b.py\r\na/c.py\r\n", '{"crlf":true} root a/\n./ b.py c.py\n', id="CRLF"),
    ],
)
def test_folded(text, body):
    found = listing_read.read(text)
    assert listing_fold.encode(found)[0] == body
    assert decode(body) == text


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param(
            "total 8\n-rw-r--r-- 1 bo me   12 Jan  1 10:00 a.py\n"
            "-rwxr-xr-x 1 bo me 4000 Jan  1 10:00 b.sh\n"
            "-rw-r--r-- 2 al me    7 Jan  2 10:00 c d",
            'ls {"-":["-rw-r--r--","1","bo","me"],"bare":true} root ./\n'
            "./ [total 8] [Jan  1 10:00] a.py=12 b.sh=4000,-rwxr-xr-x "
            '[Jan  2 10:00] "c d"=7,x2,@al',
            id="what is usual is said once",
        ),
        pytest.param(
            ".:\ntotal 4\ndrwxr-xr-x 2 bo me 4096 Jan  1 10:00 a\n\n"
            "./a:\ntotal 0\nlrwxrwxrwx 1 bo me 3 Jan  1 10:00 l -> a/b",
            'ls {"d":["drwxr-xr-x","2","bo","me","4096"],'
            '"l":["lrwxrwxrwx","1","bo","me"]} root ./\n'
            './ [Jan  1 10:00] a/\na/ "l -> a/b"=3',
            id="totals that follow from the sizes are left out",
        ),
        pytest.param(
            "a:\nx\ny z\n\na/x:\n\nb:\nw",
            'ls {} root \na/ x "y z"\n x/\nb/ w',
            id="names only",
        ),
        pytest.param(
            "total 8\n-rw-r--r-- 1 bo me    12 Jan  1 10:00 a.py\n"
            "-rw-r--r-- 1 bo me   500 Jan  1 10:00 b.py",
            'ls {"-":["-rw-r--r--","1","bo","me"],"bare":true,"wide":[0,1,2,2,5]} root ./\n'
            "./ [Jan  1 10:00] a.py=12 b.py=500",
            id="rows that were cut off had made the columns wider",
        ),
    ],
)
def test_laid_out(text, body):
    assert listing_layout.encode(read_long(text))[0] == body
    assert laid_out(body) == text


@pytest.mark.parametrize(
    ("text", "share"),
    [
        pytest.param(FIND, 0.65, id="find"),
        pytest.param(TREE, 0.6, id="tree"),
        pytest.param(LONG, 0.4, id="ls -laR"),
        pytest.param(STATUS, 0.6, id="git status"),
        pytest.param(SIZES, 0.75, id="du -a"),
    ],
)
def test_lossless_is_short(text, share):
    made = listing.compress(Block(text), LOSSLESS).text
    assert expand(made, {"listing": listing}) == text
    assert estimate(made) <= share * estimate(text)
    for name in ("release_v0.4.3.md", "router_test.go"):
        assert made.count(name) == text.count(name)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "root x\na b",
        "root x\n  a/ b",
        '{"tree":[1]} root \n',
        "ls {} root\n",
        "ls [] root a",
        '{"frame":["",99999,""]} root a/\n./ b',
        'ls {"d":["a"]} root a/\n./ b/',
        "[1] root a",
    ],
)
def test_a_body_of_another_kind_is_a_value_error(body):
    with pytest.raises(ValueError, match=" "):
        listing.expand(body)
