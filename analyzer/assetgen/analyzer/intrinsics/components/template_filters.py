"""Filters in YAML templates."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.objects.conversion import NotPlain, from_python, to_python
from assetgen.analyzer.evaluate.values import (
    TRUE,
    Constant,
    External,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.jinja.jinja_values import Undefined

if TYPE_CHECKING:
    from assetgen.analyzer.intrinsics.components.templates import Template


def filtered(template: Template, node: Any) -> Value:
    """The value of `value | filter(...)`."""
    args = [template.value(argument) for argument in node.args]
    machine = template.call.machine
    is_default = node.name in ("default", "d") and args and not node.kwargs
    value = template.value(node.node)
    if isinstance(value, Undefined):
        if is_default:
            return args[0]
        value = Constant("")
    if is_default and args[1:] == [TRUE]:
        return template.first_with((value, lambda: args[0]), ends_it=True)
    if node.name in _FILTERS and not node.kwargs and not isinstance(value, Unknown):
        method = machine.get_attribute(value, _FILTERS[node.name].rpartition(".")[2], template.site)
        return machine.call(method, args, {}, template.site)
    if node.name in _CASTS and not args and not isinstance(value, Unknown):
        return machine.call(External(_CASTS[node.name]), [value], {}, template.site)
    if node.name in _ENDS and not args and isinstance(value, Sequence):
        return machine.subscript(value, Constant(_ENDS[node.name]), template.site)
    if node.name == "join" and _is_of_texts(value) and len(args) < 2 and not node.kwargs:
        join = machine.get_attribute(args[0] if args else Constant(""), "join", template.site)
        return machine.call(join, [value], {}, template.site)
    if is_default and not isinstance(value, Unknown):
        return value
    if node.name == "format" and not node.kwargs and not isinstance(value, Unknown):
        return machine.binary(ast.Mod, value, Sequence("tuple", args), template.site)
    kwargs = {keyword.key: template.value(keyword.value) for keyword in node.kwargs}
    if node.name in _OF_JINJA:
        return _by_jinja(template, node.name, value, args, kwargs)
    return template.rendered(node, value)


_FILTERS = {
    "lower": "builtins.str.lower",
    "upper": "builtins.str.upper",
    "title": "builtins.str.title",
    "trim": "builtins.str.strip",
    "replace": "builtins.str.replace",
}
_CASTS = {
    "int": "builtins.int",
    "string": "builtins.str",
    "float": "builtins.float",
    "length": "builtins.len",
    "count": "builtins.len",
    "list": "builtins.list",
}
_ENDS = {"first": 0, "last": -1}


def _is_of_texts(value: Value) -> bool:
    return isinstance(value, Sequence) and all(
        isinstance(item, Constant) and isinstance(item.value, str) for item in value.items
    )


_OF_JINJA = frozenset(
    (
        *("abs", "capitalize", "dictsort", "items", "join", "map", "max", "min", "reject"),
        "rejectattr",
        *("reverse", "round", "select", "selectattr", "sort", "sum", "unique", "wordcount"),
    )
)
"""Jinja's own filters that only read plain data, and give no more than it holds."""


def _by_jinja(
    template: Template, name: str, value: Value, args: list[Value], kwargs: dict[str, Value]
) -> Value:
    from jinja2.exceptions import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    try:
        given = [to_python(argument) for argument in args]
        named = {key: to_python(argument) for key, argument in kwargs.items()}
        environment = SandboxedEnvironment()
        context = environment.from_string("").new_context()
        made = environment.call_filter(name, to_python(value), given, named, context)
        return from_python(list(made) if isinstance(made, Iterator) else made)
    except NotPlain as error:
        return template.lost(f"the filter `{name}` of a template", error.value)
    except (TemplateError, TypeError, ValueError, AttributeError, LookupError) as error:
        return template.call.machine.unknown("error", f"this raises {error}", template.site)
