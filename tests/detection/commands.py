"""Commands, a line each, by who should be sure of what they print."""

from __future__ import annotations

COMMANDS = {
    "json": """
        {python} -m pip inspect
    """,
    "table": """
        df -h
        {python} -m pip list
        ps -ef
        df -hT
        df -i
        dpkg -l
    """,
    "listing": """
        find . -name *.py
        find src -type d
        find {here} -type f -not -path */.git/*
        ls -R src
        ls -la . src/shop src/billing
        ls -laR src
        ls -lhR src/shop
        ls -1 src/shop/part0 src/shop/part1 src/shop/part2 src/shop/part3 src/shop/part4
        git ls-files
        git status
        git status --short
        git diff --name-only HEAD~4
        git diff --name-status HEAD~4
        du -a src
        grep -rl Basket src
        tar cvf /dev/null src
        find . -printf %p\\n
        find . -name *.py -newer notes_0.md
        ls -lR
        ls -lt src/shop src/billing
        ls -lh --time-style=long-iso src/billing src/search
        ls -p src/billing src/search src/shop
        ls -lS src/shop src/search
        git ls-tree -r --name-only HEAD
        git diff --name-only HEAD~9
        git diff --name-status HEAD~9
        git status -uall
        git status --porcelain -uall
        grep -rL nothing src
        find . -ls
        find src -type f -ls
        ls -li src/shop src/search
        ls -lin src/billing src/search
        ls -lis src/billing src/search
        git ls-tree -r HEAD
        git ls-tree -r -l HEAD
        git ls-files -s
        git diff --raw HEAD~9
        git status --porcelain=v2 -uall
        git status --porcelain=v2 --branch -uall
        git diff --stat HEAD~9
        git diff --stat --summary HEAD~9
        git diff --stat=200 HEAD~5
        git diff --numstat HEAD~9
        git diff --compact-summary HEAD~9
        du -h src
        du -ah src
        sha256sum notes_0.md notes_1.md notes_2.md notes_3.md notes_4.md notes_5.md broken.c
    """,
    "search": """
        grep -rn Basket src
        grep -rn : src/shop
        grep -rn -C2 raise src
        grep -rn -A3 def src/billing
        grep -rn total {here}/src
        git grep -n items
        git grep -n -p raise
        git grep -n --heading --break items
        grep -rnwi ValueError src
        grep -rn --include=*.py import src
        grep -rnH return src
        grep -rnB1 return src
        grep -rn -A1 -B1 log src
        grep -rnE def|class src
        grep -r -A1 def src
        grep -rno log.[a-z]* src
        grep -rnb class src
        git grep -n -C1 append
        git grep -n -W append
        git grep -n -e self --and -e items
        git grep --column -n items
        git grep -n items HEAD~2
        grep -r append src
        grep -r return src/shop
        git grep append
        grep -rc def src
    """,
    "diff": """
        git diff
        git diff HEAD~3 HEAD~1
        git diff -U0
        git diff -U20
        git diff --stat -p HEAD~2
        git show HEAD
        git log -p -n 4
        git format-patch --stdout HEAD~3
        git diff --no-prefix
        diff -u src/shop/part0/shop_basket_0.py src/shop/part1/shop_basket_1.py
        git diff --no-index src/shop/part0 src/shop/part3
        git diff src/billing/part0
        git diff --word-diff
        git diff --stat -p
        git diff -M HEAD~8
        git diff --cached HEAD~1
        git diff --binary HEAD~2
        git diff -w --ignore-blank-lines
        git show HEAD~3
        git show --format=oneline HEAD~2
        git show --stat -p HEAD~2
        git log -p --format=%h -n 3
        git log -p --reverse -n 5
        git log -p -U1 -n 5
        diff -ru src/shop src/billing
        diff -r src/shop src/billing
        git diff --color=always
        diff -c src/shop/part0/shop_basket_0.py src/billing/part3/billing_basket_3.py
        diff src/shop/part0/shop_basket_0.py src/billing/part3/billing_basket_3.py
        diff -C1 src/shop/part0/shop_basket_0.py src/billing/part3/billing_basket_3.py
        git show --color=always HEAD~3
    """,
    "history": """
        git log
        git log --stat
        git log --numstat
        git log --name-status
        git log --format=fuller
        git blame src/shop/part0/shop_basket_0.py
        git blame -e src/shop/part1/shop_basket_1.py
        git blame -p src/shop/part0/shop_basket_0.py
        git blame --line-porcelain src/shop/part0/shop_basket_0.py
        git log --oneline
        git log --oneline --graph
        git log --format=short
        git log --format=medium --date=iso
        git log --date=relative
        git log --shortstat
        git log --name-only
        git reflog
        git blame -l src/shop/part2/shop_basket_2.py
        git blame -s src/shop/part2/shop_basket_2.py
        git blame --date=short src/shop/part2/shop_basket_2.py
        git whatchanged -n 5
        git log --graph
        git log --graph --stat
        git log --format=raw
        git log --oneline --stat
        git log --oneline --numstat
        git annotate src/shop/part2/shop_basket_2.py
    """,
    "log": """
        {python} -m pytest -v test_shop.py
        {python} -m pytest test_shop.py
        {python} -m pytest -v --tb=line test_shop.py
        {python} -m unittest -v test_shop
        {python} -m mypy --strict --no-incremental --cache-dir=/dev/null test_shop.py
        {python} -m ruff check --isolated --select=ALL --output-format=concise bad.py
        {python} -m ruff check --isolated --select=ALL --output-format=grouped bad.py
        {python} -m ruff check --isolated --select=ALL bad.py
        {python} -m ruff check --isolated --select=F,E bad.py
        gcc -c -Wall broken.c -o /dev/null
        make all
        {python} -m pytest -q test_shop.py
        {python} -m pytest -v --tb=short test_shop.py
        {python} -m pytest -v --tb=native test_shop.py
        {python} -m pytest -rA test_shop.py
        {python} -m pytest --durations=0 -vv test_shop.py
        {python} -m pytest -x test_shop.py
        {python} -m pytest --collect-only test_shop.py
        {python} -m pytest --collect-only -q test_shop.py
        make -d all
        {python} -m unittest test_shop
        {python} -m unittest -f -v test_shop
        {python} -m compileall -f src
        node --test
        node --test --test-reporter=tap
        node --test --test-reporter=spec
    """,
    "markup": """
        {python} -m ruff check --isolated --select=ALL --output-format=junit bad.py
        node --test --test-reporter=junit
    """,
    "text": """
        git --help
        ls --help
        grep --help
        git help -a
        {python} --help
        {python} -m pydoc json
        {python} -m pytest --help
        node --help
        tar --help
        man ls
    """,
    "code": """
        cat src/shop/part0/shop_basket_0.py
        cat -n src/shop/part0/shop_basket_0.py
        nl -ba src/shop/part0/shop_basket_0.py
        cat test_shop.py
        cat bad.py
        cat src/shop/part0/shop_basket_0.py src/shop/part1/shop_basket_1.py
        git show HEAD:src/shop/part0/shop_basket_0.py
        sed -n 5,60p src/billing/part0/billing_basket_0.py
        tail -n +3 src/shop/part4/shop_basket_4.py
    """,
    "config": """
        env
        printenv
    """,
    "blob": """
        base64 src/shop/part0/shop_basket_0.py
        od -x src/shop/part0/shop_basket_0.py
        base64 -w0 src/shop/part0/shop_basket_0.py
        xxd src/shop/part0/shop_basket_0.py
        hexdump -C src/shop/part0/shop_basket_0.py
        od -A x -t x1z src/shop/part0/shop_basket_0.py
        base64 -w120 src/shop/part1/shop_basket_1.py
        openssl genrsa 2048
        openssl rand -hex 900
    """,
}
