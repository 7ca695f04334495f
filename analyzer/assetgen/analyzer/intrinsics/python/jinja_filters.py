"""Filters and tests of Jinja."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from assetgen.analyzer.evaluate import relations
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.jinja_values import Lost, Undefined

if TYPE_CHECKING:
    from assetgen.analyzer.intrinsics.python.jinja_rendering import Rendering

_METHODS: Final = ("capitalize", "lower", "replace", "title", "upper")
_FUNCTIONS: Final = {
    **{name: f"builtins.{name}" for name in ("abs", "float", "int", "list", "max", "min", "sum")},
    "count": "builtins.len",
    "length": "builtins.len",
    "string": "builtins.str",
    "tojson": "json.dumps",
}
_PLACES: Final = {"first": 0, "last": -1}


def filtered(rendering: Rendering, node: Any) -> Value:
    args = [rendering.value(each) for each in node.args]
    kwargs = {each.key: rendering.value(each.value) for each in node.kwargs}
    machine, site, name = rendering.call.machine, rendering.call.site, node.name
    if name in ("default", "d") and not kwargs and args:
        return _or_default(rendering, node.node, args)
    value = rendering.value(node.node)
    own = rendering.filters.get(name)
    if own is not None:
        return machine.call(own, [value, *args], kwargs, site)
    if isinstance(value, Undefined):
        value = Constant("")
    if name in _METHODS and not kwargs:
        method = machine.get_attribute(rendering.called("builtins.str", value), name, site)
        return machine.call(method, args, {}, site)
    if name == "trim" and not args:
        method = machine.get_attribute(value, "strip", site)
        return machine.call(method, [], {}, site)
    if name in _FUNCTIONS and not args and not kwargs:
        return rendering.called(_FUNCTIONS[name], value)
    if name in _PLACES and not args:
        items = machine.items(value, site)
        held = Sequence("list", list(items.values), list(items.losses))
        return (
            machine.subscript(held, Constant(_PLACES[name]), site)
            if items.values
            else (rendering.undefined(name))
        )
    if name == "join" and not kwargs:
        items = machine.items(value, site)
        texts: list[Value] = [rendering.called("builtins.str", item) for item in items.values]
        method = machine.get_attribute(args[0] if args else Constant(""), "join", site)
        return machine.call(method, [Sequence("list", texts, list(items.losses))], {}, site)
    if name in ("sort", "unique", "reverse") and not args and not kwargs:
        function = {"sort": "sorted", "unique": "dict.fromkeys", "reverse": "reversed"}[name]
        return rendering.called("builtins.list", rendering.called(f"builtins.{function}", value))
    if name == "items" and not args:
        return machine.call(machine.get_attribute(value, "items", site), [], {}, site)
    if (
        name == "map"
        and list(kwargs) == ["attribute"]
        and isinstance(kwargs["attribute"], Constant)
    ):
        items = machine.items(value, site)
        found = [_part(rendering, item, str(kwargs["attribute"].value)) for item in items.values]
        return Sequence("list", found, list(items.losses))
    raise Lost(f"the filter `{name}` of a template", value)


def _part(rendering: Rendering, value: Value, path: str) -> Value:
    for step in path.split("."):
        found = rendering.call.machine.find_attribute(value, step, rendering.call.site)
        is_known = found is not None and not isinstance(found, Unknown)
        value = (
            found
            if is_known and found is not None
            else (rendering.at(value, Constant(int(step) if step.isdecimal() else step)))
        )
    return value


def _or_default(rendering: Rendering, node: Any, args: list[Value]) -> Value:
    """`x | default("y")`, also where there is no `x`; with a second argument, where it is false."""
    strict, rendering.is_strict = rendering.is_strict, False
    try:
        value = rendering.value(node)
    finally:
        rendering.is_strict = strict
    if isinstance(value, Undefined):
        return args[0]
    if len(args) > 1 and rendering.truth(args[1]) and not rendering.truth(value):
        return args[0]
    return value


def tested(rendering: Rendering, node: Any) -> Value:
    strict, rendering.is_strict = rendering.is_strict, False
    try:
        value = rendering.value(node.node)
    finally:
        rendering.is_strict = strict
    if node.name in ("defined", "undefined"):
        return Constant(isinstance(value, Undefined) is (node.name == "undefined"))
    if node.name == "none":
        return relations.compare(rendering.call.machine, ast.Is, value, NONE, rendering.call.site)
    classes = _CLASSES.get(node.name)
    if classes is None:
        raise Lost(f"the test `{node.name}` of a template", value)
    held = Sequence("tuple", [External(name) for name in classes])
    answer = rendering.call.machine.is_instance(value, held)
    if answer is None:
        raise Lost("a condition in a template", value)
    return Constant(answer)


_CLASSES: Final = {
    "mapping": ("builtins.dict",),
    "number": ("builtins.int", "builtins.float"),
    "sequence": ("builtins.list", "builtins.tuple", "builtins.str", "builtins.dict"),
    "string": ("builtins.str",),
}
