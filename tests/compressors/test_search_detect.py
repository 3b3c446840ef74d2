"""What search results are taken for search results, and what is not."""

from __future__ import annotations

import pytest

from headroom_core.compressors._grep import definition as grep_definition
from headroom_core.compressors._grep.read import read
from headroom_core.compressors.search import SearchCompressor
from headroom_core.types import Block
from tests.compressors import search_inputs as inputs
from tests.pace import within

search = SearchCompressor()


def table(texts):
    return pytest.mark.parametrize("text", texts.values(), ids=texts)


@table(inputs.RESULTS)
def test_search_results_are_recognised(text):
    assert search.detect(Block(text)) >= 0.7


@table(inputs.ASKED)
def test_some_are_recognised_by_the_command(text):
    assert search.detect(Block(text, query=inputs.SHELL)) >= 0.7


@table(inputs.OTHERS)
def test_other_texts_are_none(text):
    assert search.detect(Block(text)) == 0


@table(inputs.OTHERS)
def test_other_texts_are_none_whatever_the_command(text):
    assert search.detect(Block(text, query=inputs.SHELL)) < 0.5


@table(inputs.FINDINGS)
def test_findings_and_records_belong_to_others(text):
    assert search.detect(Block(text)) < 0.5


def test_context_with_blanks_and_colons_is_of_the_file_it_stands_by():
    text = "\n--\n".join(
        f"src/part_{n}.py-    size: int\nsrc/part_{n}.py:    def run(self, key: str) -> None:"
        for n in range(9)
    )
    listing = read(text)
    assert {path for path in listing.paths if path} == {f"src/part_{n}.py" for n in range(9)}
    assert listing.context
    assert search.detect(Block(text, query="grep -r -B1 run")) >= 0.7


@table({**inputs.RESULTS, **inputs.OTHERS})
def test_line_endings_change_nothing(text):
    assert search.detect(Block(text.replace("\r", "").replace("\n", "\r\n"))) == search.detect(
        Block(text)
    )


@pytest.mark.parametrize("text", [inputs.MATCHES * 9, inputs.WITH_CONTEXT * 9, "a.b:c " * 9999])
def test_detection_takes_no_time(text):
    within(0.005, lambda: search.detect(Block(text)))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        pytest.param("def total(order):", "total", id="Python"),
        pytest.param("    async def fetch(self):", "fetch", id="Python, a method"),
        pytest.param("class Order(Base):", "Order", id="Python, a class"),
        pytest.param("MAX_SIZE: Final = 9", "MAX_SIZE", id="Python, a constant"),
        pytest.param("export default function App() {", "App", id="JavaScript"),
        pytest.param("export const useCart = () => {", "useCart", id="JavaScript, an arrow"),
        pytest.param("  render(props) {", "render", id="JavaScript, a method"),
        pytest.param("exports.open = open", "exports.open", id="JavaScript, an export"),
        pytest.param("export interface Props {", "Props", id="TypeScript"),
        pytest.param("export type Key = string", "Key", id="TypeScript, a type"),
        pytest.param("func (s *Server) Serve(l net.Listener) error {", "Serve", id="Go"),
        pytest.param("type Server struct {", "Server", id="Go, a type"),
        pytest.param("    pub(crate) async fn run(&self) {", "run", id="Rust"),
        pytest.param("impl Display for Error {", "Display", id="Rust, an implementation"),
        pytest.param("macro_rules! vec {", "vec", id="Rust, a macro"),
        pytest.param("    public static List<String> names(int a) {", "names", id="Java"),
        pytest.param("public sealed interface Shape {", "Shape", id="Java, an interface"),
        pytest.param("  protected override async Task Run(int x) {", "Run", id="C#"),
        pytest.param("#define MAX 9", "MAX", id="C, a macro"),
        pytest.param("static int lock_file(struct file *f, int n)", "lock_file", id="C"),
        pytest.param("char **split(const char *s) {", "split", id="C, a pointer"),
        pytest.param("typedef struct node node;", "node", id="C, a type"),
        pytest.param("void Server::start(int port) {", "Server::start", id="C++"),
        pytest.param("  def self.find(id)", "self.find", id="Ruby"),
        pytest.param("local function trim(s)", "trim", id="Lua"),
        pytest.param("sub parse {", "parse", id="Perl"),
        pytest.param("fun main() {", "main", id="Kotlin"),
        pytest.param("build() {", "build", id="a shell"),
        pytest.param("message Order {", "Order", id="protocol buffers"),
        pytest.param("    total(order)", "", id="a call"),
        pytest.param("  if (x) {", "", id="a condition"),
        pytest.param("return total(order) {", "", id="a return"),
        pytest.param("int lock_file(struct file *f);", "", id="a declaration"),
        pytest.param("if x == y:", "", id="a comparison"),
        pytest.param("    x = total(order)", "", id="an inner variable"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_names_that_lines_define(line, name):
    assert grep_definition.names([line]) == [name]
