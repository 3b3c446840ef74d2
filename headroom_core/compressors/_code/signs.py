"""How lines of code begin, by language: the signs that tell one from another."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

# First word of a line; then the languages it may be of, and what must follow. The first row that
# fits counts.
_TABLE: Final = r"""
def         python  \s\w+\(.*(?:[:,(]|\#.*)$
def         ruby    \s(?:self\.)?\w+[?!=]?(?:\(.*\))?$
async       python  \s(?:def|with|for)\s.*[:(]$
async       js      \sfunction\b
class       python  \s\w+(?:\(.*\)?)?:$
class       ruby    \s[A-Z][\w:]*(?:\s<\s.*)?$
class       cpp     \s\w+.*(?::\s(?:public|private)\b.*|;)$
class       js,java,csharp,php \s\w+(?:\sextends\s.*)?\s?\{$
from        python  \s[\w.]+\simport\s
import      python  \s[\w.]+(?:\sas\s\w+|,\s[\w., ]+)?$
import      java    \s(?:static\s)?[\w.]+[\w*];$
import      js,ts \s(?:\{|\*|\w+|["']).*(?:["'];?|[{,])$
import      ts      \stype\s
import      go      \s\($
self.       python  .
if          python  \s[^{;]*:$
if          go      \serr\s[!=]=
if          bash    \s.*(?:;\s?then|\])$
elif        python  \s[^{;]*:$
elif        bash    \s.*(?:;\s?then|\])$
for         python  \s.*\sin\s[^{;]*:$
for         go      \s.*\s:=\s.*\{$
for         bash    \s\w+\sin\s[^:]*$
while       python  \s[^{;]*:$
while       bash    \s.*;\s?do$
with        python  \s[^{;]*:$
try         python  :$
else        python  :$
except      python  \b.*:$
finally     python  :$
raise       python  \s[A-Z]\w+\(
return      python  \s(?:None|True|False|self\b)
return      go      \snil\b
return      js,java,csharp,php \s(?:this|new|await|function)\b
yield       python,ruby,js  \s
pub         rust    .
fn          rust    \s\w+
impl        rust    .*\{$
let         rust    \smut\s|.*;$(?<=\.unwrap\(\);)
let         js,rust,ts \s[\w\[{]
mod         rust    \s\w+.*[{;]$
trait       rust    \s\w+
match       rust    \s.*\{$
use         rust    \s[\w:{]+::.*[;{]$
use         php     \s\w+\\[\w\\]
unsafe      rust    \s(?:fn|impl|\{)
#[          rust    \w
#![         rust    \w
//!         rust    .
package     go      \s\w+$
package     java    \s[\w.]+;$
func        go      \s
type        go      \s\w+\s(?:struct|interface|func)\b
type        ts      \s\w+.*=
var         go      \s\w+\s[\w*\[\]]+$
var         js,csharp,java,ts \s[\w{\[]
defer       go      \s
chan        go      \s
<?php       php     .?
$this       php     ->
$           php     \w+.*\s\.?=\s
namespace   php     \s[\w\\]+\\[\w\\]+;$
namespace   csharp  \s[\w.]+;?$
namespace   cpp     \s?.*\{
function    php     \s\w*\(.*\$
function    bash    \s[\w-]+\s?(?:\(\)\s?)?\{$
function    js,php \b.*[{(]$
using       csharp  \s(?:static\s)?[A-Z][\w.]*;$
using       cpp     \s(?:namespace|\w+\s=).*;$
internal    csharp  \s\w
sealed      csharp  \s\w
foreach     csharp  \s\(
foreach     php     \s\(\$
get;        csharp  .?
public      php     \s(?:static\s)?function\s
public      cpp     :$
public      csharp  \s.*\b(?:string|bool|override|async|sealed|partial|readonly|virtual|get;).*
public      ts      \s(?:readonly\s)?\w+[?!]?\s?(?::|\().*\)?:\s
public      java,csharp \s.*[{;(,)]$
protected   php     \s(?:static\s)?function\s
protected   cpp     :$
protected   csharp  \s.*\b(?:string|bool|override|async|virtual|readonly)\b.*
protected   java,csharp \s.*[{;(,)]$
private     php     \s(?:static\s)?function\s
private     cpp     :$
private     csharp  \s.*\b(?:string|bool|async|readonly|static\sreadonly)\b.*
private     ts      \s(?:readonly\s)?\w+[?!]?\s?(?::|\().*\)?:\s
private     java,csharp \s.*[{;(,)]$
@Override   java    $
throw       java    \snew\s\w+(?:Exception|Error)\(
throw       js,csharp,php,java,cpp \snew\s
interface   ts,java,csharp,php \s\w+.*\{$
declare     ts      \s\w
declare     bash    \s-\w
readonly    ts      \s\w+\??:
readonly    bash    \s\w+=
enum        ts,rust,java,c \s\w+\s\{$
export      ts      \s(?:declare\s|default\s)?(?:type|interface|enum|abstract|namespace)\b
export      bash    \s\w+=
export      js,ts \s(?:default|const|function|async|class|let|\{|\*)
const       go      \s\($
const       ts      \s\w+:\s
const       js,ts,php,rust,go,cpp \s[\w{\[].*
module      js      \.exports\b
module      ruby    \s[A-Z][\w:]*$
describe    js,ts \(
it          js,ts \(["'`]
test        js,ts \(["'`]
template    cpp     \s?<
virtual     cpp     \s
std         cpp     ::
/**         java,js,ts,php,c,cpp,csharp  $
*@          java,js,ts,php,c,cpp  (?:param|returns?|throws|see|since|type|author|code|link)\b
#include    cpp     \s?<[a-z_]+>$
#include    c       \s?[<"]
#define     c       \s\w
#ifdef      c       \s\w
#ifndef     c       \s\w
#endif      c       .?
#if         c       \s
#undef      c       \s\w
#pragma     c       \s\w
static      rust    \s\w+:\s
static      java    \sfinal\s
static      c,cpp,java,csharp,js \s\w.*[{;(),=]$
extern      rust    \scrate\s
extern      c       \s\w.*[;{]$
struct      rust    \s\w+(?:<.*>)?\s\{$
struct      c,cpp \s\w+.*[{;]$
typedef     c       \s\w
unsigned    c       \s\w
void        c,cpp,java,csharp \s\*?\w+\s?\(
int         c,cpp,java,csharp \s\*?\w.*[{;(,)=]$
char        c,cpp,java,csharp \s[*\w].*[{;(,)]$
size_t      c       \s\w
double      c,cpp,java,csharp \s\w.*[{;(,)]$
require     ruby,php,js \s["']
require_relative ruby \s["']
attr_reader ruby    \s:
attr_accessor ruby  \s:
unless      ruby    \s\S
elsif       ruby    \s\S
end         ruby    $
rescue      ruby    \b
begin       ruby    $
puts        ruby    \s
fi          bash    $
done        bash    $
esac        bash    $
then        bash    $
case        bash    \s.*\sin$
local       bash    \s\w
echo        bash,php \s["'$]
set         bash    \s-\w
exit        bash,ruby \s\$?\w+$
source      bash    \s\S+$
;;          bash    $
"""
_SENTENCE = re.compile(r"[A-Z][a-z]{1,20} [a-z]{1,20} [a-z]{2,20}\b")
_MEMBER = re.compile(r"(?<=\w)::~?\w++[(<]")
_TYPED = re.compile(r"\w{1,60}+\??: (?:string|number|boolean|any|void|unknown)\b")
_SHELL = re.compile(r"\w[\w-]{0,60}+ ?\(\) ?\{$|\w{1,60}+=\"?\$[({\w]")
_BLOCK = re.compile(r" do(?: \|[^|\n]{1,60}+\|)?$")
_FIRST = re.compile(
    r"\s{0,80}(#!?\[|# ?(?:include|define|ifdef|ifndef|endif|if|undef|pragma)\b|//!|;;|<\?php"
    r"|/\*\*|\* @|self\.|\$this|\$|@Override|get;|[a-z_]+)"
)


def _rules() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in _TABLE.strip().split("\n"):
        word, language, pattern = row.split(None, 2)
        found.setdefault(word, []).append((language, pattern))
    return found


_RULES: Final = _rules()


@cache
def _patterns(word: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what may follow a word; few of the patterns are ever needed, so not at import."""
    return tuple((language, re.compile(pattern)) for language, pattern in _RULES[word])


def language_sign(line: str) -> str:
    """Return the languages that a line looks like, with commas; "" if it says nothing.

    >>> language_sign("def total(prices):"), language_sign("the end of it")
    ('python', '')
    """
    first = _FIRST.match(line)
    if first:
        word = first[1].replace(" ", "")
        for language, pattern in _patterns(word) if word in _RULES else ():
            if pattern.match(line, first.end()):
                return language
    return _sign_within(line.strip())


def _sign_within(line: str) -> str:
    if " := " in line:
        return "go"
    if "::" in line and ("std::" in line or _MEMBER.search(line)):
        return "cpp"
    if "->" in line and line[-1:] in ";{,)" and not _SENTENCE.match(line):
        return "c,php,cpp"
    if line.endswith(("=> {", "=> (")):
        return "js,ts"
    if _BLOCK.search(line):
        return "ruby"
    if _TYPED.match(line):
        return "ts"
    return "bash" if _SHELL.match(line) else ""
