"""Made-up source files in every language."""

from __future__ import annotations

NOUNS = "order cart price stock buyer parcel refund voucher".split()


def _file(head, item, foot=""):
    """Return a file with an item for every noun; lines with STEP stand six times."""
    items = []
    for i, noun in enumerate(NOUNS):
        lines = []
        for line in item.split("\n"):
            lines += [line.replace("STEP", str(n)) for n in range(6 if "STEP" in line else 1)]
        text = "\n".join(lines).replace("Noun", noun.title()).replace("NOUN", noun)
        items.append(text.replace("COUNT", str(i)))
    return f"{head}\n{chr(10).join(items)}{foot}"


PYTHON = _file(
    '''"""Keeps the shop.

More words about the shop,
and some more of them.
"""

from __future__ import annotations

LIMIT = 40


class Shop(Base):
    """All that is for sale."""

    name: str = "shop"
''',
    '''    @cached
    def load_NOUN(self, key: str, limit: int = COUNT) -> list[str]:
        """Return the NOUN of a key.

        Never more than the limit.
        """
        # Slow, but NOUN is small.
        found = []
        for NOUN in self.all_NOUNs(key):
            found.append(NOUN.title())
            if len(found) > limit:
                break
        return found
''',
    """
def _hidden(x): ...
""",
)
JAVASCRIPT = _file(
    """// Copyright 2026 The shop.
// SPDX-License-Identifier: MIT
// All rights given.

import { base } from './base.js';

const LIMIT = 40;

export class Shop extends base {""",
    """  /**
   * Returns the NOUN.
   * @param key what to look for
   */
  async loadNoun(key) {
    const stepSTEP = await this.NOUN(key, COUNT);
    return [step0, step5, 'NOUN'];
  }
""",
    """}

export const total = (prices) => {
  let sum = 0;
  for (const p of prices) sum += p;
  return sum;
};
""",
)
JEST = _file(
    """import { shop } from './shop';

describe('shop', () => {""",
    """  it('loads NOUN', async () => {
    expect(await shop.NOUN(STEP)).toBe(COUNT);
  });
""",
    "});\n",
)
TYPESCRIPT = _file(
    "import type { Base } from './base';\n",
    """export interface Noun {
  id: number;
  name?: string;
}

export function loadNoun(key: string, limit: number = COUNT): Noun[] {
  const stepSTEP: number = limit + STEP;
  return [];
}
""",
)
TSX = _file(
    "import React from 'react';\n",
    """export function NounView(props: { id: number }): JSX.Element {
  const stepSTEP: number = props.id + COUNT;
  return <div className="NOUN">{step0}</div>;
}
""",
)
RUST = _file(
    """use std::collections::HashMap;

pub struct Shop {
    name: String,
}

impl Shop {""",
    """    /// Returns the NOUN.
    ///
    /// # Errors
    /// None.
    #[must_use]
    pub fn load_NOUN(&self, key: &str) -> Vec<u32> {
        let stepSTEP = self.NOUN(key).len() as u32 + COUNT;
        vec![step0, step5]
    }
""",
    "}\n",
)
GO = _file(
    """package shop

import (
\t"fmt"
)

type Shop struct {
\tname string
}
""",
    """// LoadNoun returns the NOUN.
func (s *Shop) LoadNoun(key string) (int, error) {
\tstepSTEP, err := s.NOUN(key, COUNT)
\tif err != nil {
\t\treturn 0, fmt.Errorf("no: %w", err)
\t}
\treturn step0, nil
}
""",
)
JAVA = _file(
    """package org.example.shop;

import java.util.List;

public class Shop {""",
    """    /**
     * Returns the NOUN.
     *
     * @param key the key
     */
    @Override
    public List<String> loadNoun(String key, int limit) {
        int stepSTEP = this.NOUN(key, COUNT);
        return List.of(key);
    }
""",
    "}\n",
)
C = _file(
    """#include <stdio.h>
#include "shop.h"

#define LIMIT 40

typedef struct shop {
    int id;
} shop;
""",
    """/* Returns the NOUN.
 * Never fails.
 * Never ends. */
static int load_NOUN(shop *s, const char *key)
{
    int stepSTEP = s->id + COUNT;
    return step0 + step5;
}
""",
)
CPP = _file(
    """#include <string>
#include <vector>

namespace shop {

class Shop : public Base {
public:""",
    """    // Returns the NOUN.
    std::vector<int> load_NOUN(const std::string& key) const {
        auto stepSTEP = this->NOUN(key) + COUNT;
        return {step0, step5};
    }
""",
    """};

}  // namespace shop
""",
)
CSHARP = _file(
    """using System;
using System.Linq;

namespace Example.Shop
{
    public class Shop
    {
        public string Name { get; set; }
""",
    """        public async Task<string> LoadNoun(string key)
        {
            var stepSTEP = await Noun(key, COUNT);
            return step0;
        }
""",
    """    }
}
""",
)
RUBY = _file(
    """require 'set'

module Example
  class Shop < Base
    attr_reader :name
""",
    """    # Returns the NOUN.
    def load_NOUN(key, limit = COUNT)
      stepSTEP = NOUN(key, limit)
      [step0, step5]
    end
""",
    """  end
end
""",
)
PHP = _file(
    """<?php

namespace Example\\Shop;

use Example\\Base\\Thing;

class Shop extends Thing
{""",
    """    public function loadNoun(string $key): array
    {
        $stepSTEP = $this->NOUN($key, COUNT);
        return [$step0, $step5];
    }
""",
    "}\n",
)
BASH = _file(
    """#!/usr/bin/env bash
# Loads the shop.
set -euo pipefail

LIMIT=40
""",
    """load_NOUN() {
  local key=$1
  echo "$key" "NOUN" STEP
  if [ -z "$key" ]; then
    return 1
  fi
}
""",
    'load_order "$@"\n',
)

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
