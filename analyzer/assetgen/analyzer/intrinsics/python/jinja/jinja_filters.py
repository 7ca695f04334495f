"""Filters and tests of Jinja."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any, Final

from assetgen.analyzer.evaluate.expressions import relations
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.jinja.jinja_values import Lost, Undefined
from assetgen.analyzer.intrinsics.python.plain import run

if TYPE_CHECKING:
    from assetgen.analyzer.intrinsics.python.jinja.jinja_rendering import Rendering

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
    if name in _SELECTING and not kwargs:
        return _selected(rendering, name, value, args)
    if name == "map" and len(args) == 1 and not kwargs and isinstance(args[0], Constant):
        items = machine.items(value, site)
        each = [_filtered_by(rendering, str(args[0].value), item) for item in items.values]
        return Sequence("list", each, list(items.losses))
    if name == "safe":
        return value
    if name in _OF_JINJA:
        return _by_jinja(rendering, name, value, args, kwargs)
    raise Lost(f"the filter `{name}` of a template", value)


def _filtered_by(rendering: Rendering, name: str, value: Value) -> Value:
    """`map("upper")`: each item by a filter without arguments."""
    import jinja2.nodes

    node = jinja2.nodes.Filter(jinja2.nodes.Const(None), name, [], [], None, None)
    outer = rendering.names
    rendering.names = {**outer, _ITEM: value}
    node.node = jinja2.nodes.Name(_ITEM, "load")
    try:
        return filtered(rendering, node)
    finally:
        rendering.names = outer


_ITEM: Final = "an item"
_SELECTING: Final = ("select", "reject", "selectattr", "rejectattr")


def _selected(rendering: Rendering, name: str, value: Value, args: list[Value]) -> Value:
    """The items that pass a test, or do not, by themselves or by an attribute."""
    items = rendering.call.machine.items(value, rendering.call.site)
    path = args.pop(0) if name.endswith("attr") and args else None
    test = args.pop(0) if args else None
    if items.losses or (path is not None and not isinstance(path, Constant)):
        raise Lost("what a template selects from", *items.losses[:1])
    kept: list[Value] = []
    for item in items.values:
        part = item if path is None else _part(rendering, item, str(path.value))
        if test is None:
            passes = rendering.truth(part)
        elif isinstance(test, Constant):
            passes = rendering.truth(_tested_by(rendering, str(test.value), part, args))
        else:
            raise Lost("the test of a template", test)
        if passes is name.startswith("select"):
            kept.append(item)
    return Sequence("list", kept)


_OF_JINJA: Final = frozenset(
    ("batch", "dictsort", "format", "indent", "round", "slice", "urlencode", "wordcount")
)
"""Filters that only compute, by Jinja itself on plain data."""


def _by_jinja(
    rendering: Rendering, name: str, value: Value, args: list[Value], kwargs: dict[str, Value]
) -> Value:
    import jinja2.filters

    function: Any = jinja2.filters.FILTERS[name]
    if name == "format" and _is_wide(value):
        raise Lost("a text that is too long to be made", value)
    listed = name in ("batch", "slice", "dictsort")
    made = run(
        rendering.call,
        (lambda *a, **k: list(function(*a, **k))) if listed else function,
        [value, *args],
        kwargs,
    )
    if isinstance(made, Unknown):
        raise Lost(f"the filter `{name}` of a template", made)
    return made


def _is_wide(value: Value) -> bool:
    return not isinstance(value, Constant) or any(
        len(digits) > 4 for digits in re.findall(r"\d+|\*{1}", str(value.value))
    )


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
    return _tested_by(rendering, node.name, value, [rendering.value(each) for each in node.args])


def _tested_by(rendering: Rendering, name: str, value: Value, args: list[Value]) -> Value:
    if name in ("defined", "undefined"):
        return Constant(isinstance(value, Undefined) is (name == "undefined"))
    if name == "none":
        return relations.compare(rendering.call.machine, ast.Is, value, NONE, rendering.call.site)
    if name in _COMPARISONS and len(args) == 1:
        machine, site = rendering.call.machine, rendering.call.site
        return relations.compare(machine, _COMPARISONS[name], value, args[0], site)
    if name in _TESTS_OF_JINJA:
        import jinja2.tests

        test: Any = jinja2.tests.TESTS[name]
        return run(rendering.call, test, [value, *args], {})
    classes = _CLASSES.get(name)
    if classes is None:
        raise Lost(f"the test `{name}` of a template", value)
    held = Sequence("tuple", [External(name) for name in classes])
    answer = rendering.call.machine.is_instance(value, held)
    if answer is None:
        raise Lost("a condition in a template", value)
    return Constant(answer)


_TESTS_OF_JINJA: Final = ("boolean", "divisibleby", "even", "false", "odd", "true")
_COMPARISONS: Final[ReadOnlyMapping[str, type[ast.cmpop]]] = {
    **dict.fromkeys(("eq", "equalto", "=="), ast.Eq),
    **dict.fromkeys(("ne", "!="), ast.NotEq),
    **dict.fromkeys(("gt", "greaterthan", ">"), ast.Gt),
    **dict.fromkeys(("ge", ">="), ast.GtE),
    **dict.fromkeys(("lt", "lessthan", "<"), ast.Lt),
    **dict.fromkeys(("le", "<="), ast.LtE),
    "in": ast.In,
}
_CLASSES: Final = {
    "mapping": ("builtins.dict",),
    "number": ("builtins.int", "builtins.float"),
    "sequence": ("builtins.list", "builtins.tuple", "builtins.str", "builtins.dict"),
    "string": ("builtins.str",),
}
