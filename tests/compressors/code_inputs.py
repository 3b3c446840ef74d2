"""Made-up source files in every language, and texts that look a bit like code and are none."""

from __future__ import annotations

NOUNS = "order cart price stock buyer parcel refund voucher".split()


def _each(make, sign="\n"):
    return sign.join(make(i, noun) for i, noun in enumerate(NOUNS))


def _steps(indent, make, count=6):
    return "\n".join(f"{indent}{make(i)}" for i in range(count))


PYTHON = (
    '"""Keeps the shop.\n\nMore words about the shop,\nand some more of them.\n"""\n\n'
    "from __future__ import annotations\n\nimport os\n\nLIMIT = 40\n\n\n"
    'class Shop(Base):\n    """All that is for sale."""\n\n    name: str = "shop"\n\n'
    + _each(
        lambda i, noun: (
            f"    @cached\n    def load_{noun}(self, key: str, limit: int = {i}) -> list[str]:\n"
            f'        """Return the {noun} of a key.\n\n        Never more than the limit.\n        """\n'
            f"        # Slow, but {noun} is small.\n        found = []\n"
            f"        for {noun} in self.all_{noun}s(key):\n            found.append({noun}.title())\n"
            f"            if len(found) > limit:\n                break\n        return found\n"
        )
    )
    + "\n\ndef _hidden(x):\n    return x\n"
)
_JS_METHODS = _each(
    lambda i, noun: (
        f"  /**\n   * Returns the {noun}.\n   * @param key what to look for\n   */\n"
        f"  async load{noun.title()}(key) {{\n"
        + _steps("    ", lambda n: f"const step{n} = await this.{noun}(key, {i + n});")
        + f"\n    return [step0, step5, '{noun}'];\n  }}\n"
    )
)
JAVASCRIPT = (
    "// Copyright 2026 The shop.\n// SPDX-License-Identifier: MIT\n// All rights given.\n// Really.\n\n"
    "import { base } from './base.js';\n\nconst LIMIT = 40;\n\n"
    f"export class Shop extends base {{\n{_JS_METHODS}}}\n\n"
    "export const total = (prices) => {\n  let sum = 0;\n  for (const p of prices) {\n"
    "    sum += p;\n  }\n  return sum;\n};\n"
)
JEST = "import { shop } from './shop';\n\ndescribe('shop', () => {\n" + _each(
    lambda i, noun: (
        f"  it('loads {noun}', async () => {{\n"
        + _steps("    ", lambda n: f"expect(await shop.{noun}({n})).toBe({i});", 5)
        + "\n  });\n"
    )
) + "});\n"  # fmt: skip
TYPESCRIPT = "import type { Base } from './base';\n\n" + _each(
    lambda i, noun: (
        f"export interface {noun.title()} {{\n  id: number;\n  name?: string;\n}}\n\n"
        f"export function load{noun.title()}(key: string, limit: number = {i}): {noun.title()}[] {{\n"
        + _steps("  ", lambda n: f"const step{n}: number = limit + {n};")
        + "\n  return [];\n}\n"
    )
)
TSX = "import React from 'react';\n\n" + _each(
    lambda i, noun: (
        f"export function {noun.title()}View(props: {{ id: number }}): JSX.Element {{\n"
        + _steps("  ", lambda n: f"const step{n}: number = props.id + {i + n};")
        + f'\n  return <div className="{noun}">{{step0}}</div>;\n}}\n'
    )
)
RUST = "use std::collections::HashMap;\n\npub struct Shop {\n    name: String,\n}\n\nimpl Shop {\n" + _each(
    lambda i, noun: (
        f"    /// Returns the {noun}.\n    ///\n    /// # Errors\n    /// None.\n    #[must_use]\n"
        f"    pub fn load_{noun}(&self, key: &str) -> Vec<u32> {{\n"
        + _steps("        ", lambda n: f"let step{n} = self.{noun}(key).len() as u32 + {i + n};")
        + "\n        vec![step0, step5]\n    }\n"
    )
) + "}\n"  # fmt: skip
GO = 'package shop\n\nimport (\n\t"fmt"\n)\n\ntype Shop struct {\n\tname string\n}\n\n' + _each(
    lambda i, noun: (
        f"// Load{noun.title()} returns the {noun}.\nfunc (s *Shop) Load{noun.title()}(key string) (int, error) {{\n"
        + _steps("\t", lambda n: f"step{n}, err := s.{noun}(key, {i + n})", 3)
        + '\n\tif err != nil {\n\t\treturn 0, fmt.Errorf("no: %w", err)\n\t}\n\treturn step0, nil\n}\n'
    )
)
JAVA = "package org.example.shop;\n\nimport java.util.List;\n\npublic class Shop {\n    private int limit = 40;\n\n" + _each(
    lambda i, noun: (
        f"    /**\n     * Returns the {noun}.\n     *\n     * @param key the key\n     */\n    @Override\n"
        f"    public List<String> load{noun.title()}(String key, int limit) {{\n"
        + _steps("        ", lambda n: f"int step{n} = this.{noun}(key, {i + n});")
        + "\n        return List.of(key);\n    }\n"
    )
) + "}\n"  # fmt: skip
C = "#include <stdio.h>\n#include \"shop.h\"\n\n#define LIMIT 40\n\ntypedef struct shop {\n    int id;\n} shop;\n\n" + _each(
    lambda i, noun: (
        f"/* Returns the {noun}.\n * Never fails.\n * Never ends. */\n"
        f"static int load_{noun}(shop *s, const char *key)\n{{\n"
        + _steps("    ", lambda n: f"int step{n} = s->id + {i + n};")
        + "\n    return step0 + step5;\n}\n"
    )
)  # fmt: skip
CPP = "#include <string>\n#include <vector>\n\nnamespace shop {\n\nclass Shop : public Base {\npublic:\n" + _each(
    lambda i, noun: (
        f"    // Returns the {noun}.\n    std::vector<int> load_{noun}(const std::string& key) const {{\n"
        + _steps("        ", lambda n: f"auto step{n} = this->{noun}(key) + {i + n};")
        + "\n        return {step0, step5};\n    }\n"
    )
) + "};\n\n}  // namespace shop\n"  # fmt: skip
CSHARP = "using System;\nusing System.Linq;\n\nnamespace Example.Shop\n{\n    public class Shop\n    {\n        public string Name { get; set; }\n\n" + _each(
    lambda i, noun: (
        f"        public async Task<string> Load{noun.title()}(string key)\n        {{\n"
        + _steps("            ", lambda n: f"var step{n} = await {noun.title()}(key, {i + n});")
        + "\n            return step0;\n        }\n"
    )
) + "    }\n}\n"  # fmt: skip
RUBY = "require 'set'\n\nmodule Example\n  class Shop < Base\n    attr_reader :name\n\n" + _each(
    lambda i, noun: (
        f"    # Returns the {noun}.\n    def load_{noun}(key, limit = {i})\n"
        + _steps("      ", lambda n: f"step{n} = {noun}(key, {i + n})")
        + "\n      [step0, step5]\n    end\n"
    )
) + "  end\nend\n"  # fmt: skip
PHP = "<?php\n\nnamespace Example\\Shop;\n\nuse Example\\Base\\Thing;\n\nclass Shop extends Thing\n{\n" + _each(
    lambda i, noun: (
        f"    public function load{noun.title()}(string $key): array\n    {{\n"
        + _steps("        ", lambda n: f"$step{n} = $this->{noun}($key, {i + n});")
        + "\n        return [$step0, $step5];\n    }\n"
    )
) + "}\n"  # fmt: skip
BASH = "#!/usr/bin/env bash\n# Loads the shop.\nset -euo pipefail\n\nLIMIT=40\n\n" + _each(
    lambda i, noun: (
        f"load_{noun}() {{\n  local key=$1\n"
        + _steps("  ", lambda n: f'echo "$key" "{noun}" {i + n}')
        + "\n  if [ -z \"$key\" ]; then\n    return 1\n  fi\n}\n"
    )
) + "load_order \"$@\"\n"  # fmt: skip

SOURCES = {
    "python": PYTHON,
    "javascript": JAVASCRIPT,
    "typescript": TYPESCRIPT,
    "tsx": TSX,
    "rust": RUST,
    "go": GO,
    "java": JAVA,
    "c": C,
    "cpp": CPP,
    "csharp": CSHARP,
    "ruby": RUBY,
    "php": PHP,
    "bash": BASH,
}
"""A file in each language, with `load` and a noun as the names of its functions."""


def numbered(text, first=1, form="{:6}\t{}"):
    """Return a text with line numbers, as `cat -n` and tools that view files print them."""
    lines = text.removesuffix("\n").split("\n")
    return "".join(form.format(first + i, line) + "\n" for i, line in enumerate(lines))


OTHERS = {
    "prose with a fence": "We looked at how the shop loads what it has, and it is slow.\n" * 20
    + f"\n```python\n{PYTHON[:600]}\n```\n"
    + "That is all there is to say about the matter, and we should go on.\n" * 20,
    "a diff": "--- a/shop.py\n+++ b/shop.py\n@@ -1,9 +1,9 @@\n" + PYTHON.replace("\n", "\n "),
    "grep": "".join(f"src/shop.py:{i * 3}:    def load_{i}(self):\n" for i in range(60)),
    "a log": "".join(f"2026-03-01 10:00:{i % 60:02} INFO shop: loaded {i};\n" for i in range(80)),
    "JSON": '{\n  "name": "shop",\n' + "".join(f'  "k{i}": {{"a": [1]}},\n' for i in range(60)),
    "YAML": "shop:\n" + "".join(f"  - name: part{i}\n    port: {i}\n" for i in range(60)),
    "a stylesheet": "".join(f".part-{i} {{\n  color: red;\n}}\n" for i in range(60)),
    "HTML": "<!doctype html>\n" + "<div class='a'>\n<p>shop</p>\n</div>\n" * 60,
    "SQL": "".join(f"INSERT INTO parts (id) VALUES ({i});\n" for i in range(60)),
    "a Makefile": "".join(f"part{i}.o: part{i}.c\n\t$(CC) -c part{i}.c\n" for i in range(60)),
    "a traceback": 'Traceback (most recent call last):\n  File "a.py", line 3, in f\n    g(x)\n'
    * 20,
    "minified": "function a(b){return b};var c=1;" * 900,
}

TYPICAL = {
    "python file": PYTHON,
    "numbered go file": numbered(GO, 120),
    "two files": f"==> a.rb <==\n{RUBY}\n==> b.c <==\n{C}",
}
HOSTILE = {
    "deep parentheses": "def f():\n    return " + "(" * 200_000,
    "deep blocks": "function f() {\n  const x = 1;\n" * 5_000,
    "unclosed comments": "import java.util.List;\n/*\n" * 20_000,
    "pipes without end": "#!/bin/bash\n" + "cat a |\n" * 30_000,
    "shifts without end": "#include <vector>\nint x = a" + " <b<a" * 40_000,
    "headings of files": "==> a.py <==\n" * 20_000,
    "paths in comments": "\n# src/a.py\n" * 20_000,
    "numbers without code": "".join(f"{i}\tx = (\n" for i in range(30_000)),
    "code with surrogates": PYTHON.replace("slow", "\ud800slow\x00") * 3,
    "code with CRLF": PYTHON.replace("\n", "\r\n") * 3,
    "unclosed strings": 'import os\n\n\ndef f(x):\n    """\n' * 9_000,
    "many functions": "def f(x):\n    a = 1\n    b = 2\n    c = 3\n    return x\n\n\n" * 8_000,
}

CASES = {
    "code/python": (PYTHON, "What does load_cart do?\ncat shop.py"),
    "code/typescript": (TYPESCRIPT * 2, "Where are prices loaded?"),
    "code/numbered": (numbered(GO * 2, 41), "What is this?\nread shop.go"),
    "code/files": (f"==> a.rb <==\n{RUBY}\n==> src/b.c <==\n{C}", "How is stock loaded in b.c?"),
}
