"""What is to be known of each programming language: its grammar, its comments, what to look for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_JS: Final = """
(function_declaration name: (identifier) @name body: (statement_block) @body)
(generator_function_declaration name: (identifier) @name body: (statement_block) @body)
(method_definition name: (_) @name body: (statement_block) @body)
(arrow_function body: (statement_block) @anon)
(function_expression body: (statement_block) @anon)
(variable_declarator name: (identifier) @name value: [(arrow_function) (function_expression)])
(pair key: (_) @name value: [(arrow_function) (function_expression)])
(assignment_expression left: (_) @name right: [(arrow_function) (function_expression)])
(comment) @comment
(object) @data (array) @data
(class_body) @holder
"""
_TS: Final = f"{_JS} (public_field_definition name: (_) @name value: (arrow_function))"
_C: Final = """
(function_definition declarator: (_) @name body: (compound_statement) @body)
(comment) @comment
(initializer_list) @data (enumerator_list) @data
(preproc_ifdef) @holder (preproc_if) @holder (declaration_list) @holder
"""


@dataclass(frozen=True, slots=True)
class Language:
    """How a language is parsed and written.

    Attributes:
        name: What it is called here.
        package: The package of its grammar.
        function: What in that package returns the grammar.
        query: Finds, as tree-sitter captures: "name" and "body" of functions, "anon" bodies of
            functions without a name, "comment", "doc" strings, "data" (literals), and as "holder"
            what holds declarations as the file itself does: bodies of classes.
        style: How a gap is written: "braces", "python", "ruby" or "shell".
    """

    name: str
    package: str
    function: str
    query: str
    style: str = "braces"


_ALL: Final = (
    Language(
        "python",
        "tree_sitter_python",
        "language",
        """
        (function_definition name: (identifier) @name body: (block) @body)
        (comment) @comment
        (function_definition body: (block . (expression_statement (string) @doc)))
        (class_definition body: (block . (expression_statement (string) @doc)))
        (module . (expression_statement (string) @doc))
        (dictionary) @data (list) @data (set) @data (tuple) @data
        (class_definition body: (block) @holder)
        """,
        "python",
    ),
    Language("javascript", "tree_sitter_javascript", "language", _JS),
    Language("typescript", "tree_sitter_typescript", "language_typescript", _TS),
    Language("tsx", "tree_sitter_typescript", "language_tsx", _TS),
    Language(
        "rust",
        "tree_sitter_rust",
        "language",
        """
        (function_item name: (_) @name body: (block) @body)
        (closure_expression body: (block) @anon)
        (line_comment) @comment (block_comment) @comment
        (array_expression) @data
        (declaration_list) @holder
        """,
    ),
    Language(
        "go",
        "tree_sitter_go",
        "language",
        """
        (function_declaration name: (_) @name body: (block) @body)
        (method_declaration name: (_) @name body: (block) @body)
        (func_literal body: (block) @anon)
        (comment) @comment
        (literal_value) @data
        """,
    ),
    Language(
        "java",
        "tree_sitter_java",
        "language",
        """
        (method_declaration name: (_) @name body: (block) @body)
        (constructor_declaration name: (_) @name body: (constructor_body) @body)
        (compact_constructor_declaration name: (_) @name body: (block) @body)
        (static_initializer (block) @anon)
        (lambda_expression body: (block) @anon)
        (line_comment) @comment (block_comment) @comment
        (array_initializer) @data
        (class_body) @holder (interface_body) @holder
        """,
    ),
    Language("c", "tree_sitter_c", "language", _C),
    Language(
        "cpp",
        "tree_sitter_cpp",
        "language",
        f"""
        {_C}
        (lambda_expression body: (compound_statement) @anon)
        (field_declaration_list) @holder
        """,
    ),
    Language(
        "csharp",
        "tree_sitter_c_sharp",
        "language",
        """
        (method_declaration name: (_) @name body: (block) @body)
        (constructor_declaration name: (_) @name body: (block) @body)
        (destructor_declaration name: (_) @name body: (block) @body)
        (operator_declaration body: (block) @body)
        (local_function_statement name: (_) @name body: (block) @body)
        (accessor_declaration body: (block) @anon)
        (lambda_expression body: (block) @anon)
        (anonymous_method_expression (block) @anon)
        (comment) @comment
        (initializer_expression) @data
        (declaration_list) @holder
        """,
    ),
    Language(
        "ruby",
        "tree_sitter_ruby",
        "language",
        """
        (method name: (_) @name body: (body_statement) @body)
        (singleton_method name: (_) @name body: (body_statement) @body)
        (do_block body: (body_statement) @anon)
        (comment) @comment
        (array) @data (hash) @data
        (class (body_statement) @holder) (module (body_statement) @holder)
        """,
        "ruby",
    ),
    Language(
        "php",
        "tree_sitter_php",
        "language_php",
        """
        (function_definition name: (_) @name body: (compound_statement) @body)
        (method_declaration name: (_) @name body: (compound_statement) @body)
        (anonymous_function body: (compound_statement) @anon)
        (comment) @comment
        (array_creation_expression) @data
        (declaration_list) @holder
        """,
    ),
    Language(
        "bash",
        "tree_sitter_bash",
        "language",
        """
        (function_definition name: (_) @name body: (compound_statement) @body)
        (comment) @comment
        (array) @data
        """,
        "shell",
    ),
)
LANGUAGES: Final = {language.name: language for language in _ALL}

EXTENSIONS: Final = {
    ending: name
    for name, endings in {
        "python": "py pyi pyw pyx",
        "javascript": "js jsx mjs cjs",
        "typescript": "ts mts cts",
        "tsx": "tsx",
        "rust": "rs",
        "go": "go",
        "java": "java",
        "c": "c h",
        "cpp": "cc cpp cxx hpp hh hxx cu ino inl ipp tpp",
        "csharp": "cs",
        "ruby": "rb rake gemspec",
        "php": "php phtml",
        "bash": "sh bash zsh bats",
    }.items()
    for ending in endings.split()
}
"""The language of a file, by what its name ends in."""


def language_of(path: str) -> str:
    """Return the language of a file by its name, "" if that does not tell.

    >>> language_of("src/app.py"), language_of("README.md")
    ('python', '')
    """
    return EXTENSIONS.get(path.rpartition(".")[2].lower(), "") if "." in path else ""
