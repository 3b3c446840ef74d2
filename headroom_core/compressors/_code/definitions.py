"""What in each language defines a name: functions, types, constants."""

from __future__ import annotations

from typing import Final

_JS: Final = """
[
  (function_declaration name: (_) @name) (generator_function_declaration name: (_) @name)
  (class_declaration name: (_) @name) (method_definition name: (_) @name)
] @definition
(variable_declarator name: (identifier) @name
  value: [(arrow_function) (function_expression) (class)]) @definition
(program (lexical_declaration (variable_declarator name: (identifier) @name)) @definition)
(program (variable_declaration (variable_declarator name: (identifier) @name)) @definition)
(export_statement (lexical_declaration (variable_declarator name: (identifier) @name))) @definition
(export_statement declaration: (_ name: (_) @name)) @definition
(pair key: (_) @name value: [(arrow_function) (function_expression)]) @definition
(expression_statement (assignment_expression left: (_) @name
  right: [(arrow_function) (function_expression) (class)])) @definition
"""
_TS: Final = f"""{_JS}
[
  (abstract_class_declaration name: (_) @name) (interface_declaration name: (_) @name)
  (type_alias_declaration name: (_) @name) (enum_declaration name: (_) @name)
  (internal_module name: (_) @name) (function_signature name: (_) @name)
  (abstract_method_signature name: (_) @name) (public_field_definition name: (_) @name)
] @definition
(decorator) @above
"""
_C: Final = """
[
  (function_definition declarator: (_) @name) (type_definition declarator: (_) @name)
  (struct_specifier name: (_) @name body: (_)) (union_specifier name: (_) @name body: (_))
  (enum_specifier name: (_) @name body: (_))
  (preproc_def name: (_) @name) (preproc_function_def name: (_) @name)
] @definition
(declaration declarator: (function_declarator) @name) @definition
(declaration declarator: (pointer_declarator (function_declarator) @name)) @definition
(translation_unit (declaration declarator: (init_declarator declarator: (_) @name)) @definition)
"""
_CPP: Final = f"""{_C}
[
  (class_specifier name: (_) @name body: (_)) (alias_declaration name: (_) @name)
  (field_declaration declarator: (function_declarator) @name)
] @definition
(template_declaration (_ declarator: (_) @name)) @definition
(template_declaration (_ name: (_) @name)) @definition
"""

DEFINITIONS: Final = {
    "python": """
[
  (function_definition name: (_) @name) (class_definition name: (_) @name)
  (decorated_definition definition: (_ name: (_) @name))
] @definition
(module (expression_statement (assignment left: (identifier) @name)) @definition)
(class_definition body: (block (expression_statement
  (assignment left: (identifier) @name)) @definition))
""",
    "javascript": f"{_JS} (field_definition property: (_) @name) @definition",
    "typescript": _TS,
    "tsx": _TS,
    "rust": """
[
  (function_item name: (_) @name) (function_signature_item name: (_) @name)
  (struct_item name: (_) @name) (enum_item name: (_) @name) (union_item name: (_) @name)
  (trait_item name: (_) @name) (type_item name: (_) @name) (const_item name: (_) @name)
  (static_item name: (_) @name) (mod_item name: (_) @name) (macro_definition name: (_) @name)
  (impl_item type: (_) @name)
] @definition
(attribute_item) @above
""",
    "go": """
[
  (function_declaration name: (_) @name) (method_declaration name: (_) @name)
  (type_spec name: (_) @name) (type_alias name: (_) @name)
  (const_spec name: (_) @name) (var_spec name: (_) @name)
] @definition
""",
    "java": """
[
  (class_declaration name: (_) @name) (interface_declaration name: (_) @name)
  (enum_declaration name: (_) @name) (record_declaration name: (_) @name)
  (annotation_type_declaration name: (_) @name) (method_declaration name: (_) @name)
  (constructor_declaration name: (_) @name) (compact_constructor_declaration name: (_) @name)
  (field_declaration declarator: (variable_declarator name: (_) @name))
] @definition
""",
    "c": _C,
    "cpp": _CPP,
    "csharp": """
[
  (class_declaration name: (_) @name) (struct_declaration name: (_) @name)
  (interface_declaration name: (_) @name) (enum_declaration name: (_) @name)
  (record_declaration name: (_) @name) (delegate_declaration name: (_) @name)
  (method_declaration name: (_) @name) (constructor_declaration name: (_) @name)
  (property_declaration name: (_) @name) (local_function_statement name: (_) @name)
] @definition
(field_declaration (variable_declaration (variable_declarator name: (_) @name))) @definition
""",
    "ruby": """
[
  (method name: (_) @name) (singleton_method name: (_) @name)
  (class name: (_) @name) (module name: (_) @name)
] @definition
(assignment left: (constant) @name) @definition
""",
    "php": """
[
  (function_definition name: (_) @name) (method_declaration name: (_) @name)
  (class_declaration name: (_) @name) (interface_declaration name: (_) @name)
  (trait_declaration name: (_) @name) (enum_declaration name: (_) @name)
] @definition
(const_declaration (const_element (name) @name)) @definition
(property_declaration (property_element name: (_) @name)) @definition
""",
    "bash": """
(function_definition name: (_) @name) @definition
(program (variable_assignment name: (_) @name) @definition)
(program (declaration_command (variable_assignment name: (_) @name)) @definition)
""",
}
"""For each language a query: "definition", in it its "name", and what may stand "above" it."""
