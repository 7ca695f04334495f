"""Jinja's filters and tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

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


class _Applied(NamedTuple):
    """A filter with the value it is applied to and its arguments."""

    name: str
    value: Value
    args: list[Value]
    kwargs: dict[str, Value]


def filtered(rendering: Rendering, node: Any) -> Value:
    """The result of a filter node; raises `Lost` if it is not known."""
    args = [rendering.value(each) for each in node.args]
    kwargs = {each.key: rendering.value(each.value) for each in node.kwargs}
    if node.name in ("default", "d") and not kwargs and args:
        return _or_default(rendering, node.node, args)
    value = rendering.value(node.node)
    own = rendering.filters.get(node.name)
    if own is not None:
        return rendering.call.invoke(own, value, *args, **kwargs)
    if isinstance(value, Undefined):
        value = Constant("")
    apply = _FILTERS.get(node.name)
    applied = _Applied(node.name, value, args, kwargs)
    found = apply(rendering, applied) if apply is not None else None
    if found is None:
        raise Lost(f"the filter `{node.name}` of a template", value)
    return found


# -- one function for each filter; None for arguments that are not followed


def _method(rendering: Rendering, applied: _Applied) -> Value | None:
    if applied.kwargs:
        return None
    text = rendering.called("builtins.str", applied.value)
    return _call_method(rendering, text, applied.name, applied.args)


def _trim(rendering: Rendering, applied: _Applied) -> Value | None:
    return None if applied.args else _call_method(rendering, applied.value, "strip", [])


def _items(rendering: Rendering, applied: _Applied) -> Value | None:
    return None if applied.args else _call_method(rendering, applied.value, "items", [])


def _function(rendering: Rendering, applied: _Applied) -> Value | None:
    if applied.args or applied.kwargs:
        return None
    return rendering.called(_FUNCTIONS[applied.name], applied.value)


def _listed(rendering: Rendering, applied: _Applied) -> Value | None:
    if applied.args or applied.kwargs:
        return None
    made = rendering.called(_MAKING_LISTS[applied.name], applied.value)
    return rendering.called("builtins.list", made)


def _place(rendering: Rendering, applied: _Applied) -> Value | None:
    if applied.args:
        return None
    machine, site = rendering.call.machine, rendering.call.site
    items = machine.items(applied.value, site)
    if not items.values:
        return rendering.undefined(applied.name)
    held = Sequence("list", list(items.values), list(items.losses))
    return machine.subscript(held, Constant(_PLACES[applied.name]), site)


def _join(rendering: Rendering, applied: _Applied) -> Value | None:
    if applied.kwargs:
        return None
    items = rendering.call.items(applied.value)
    texts: list[Value] = [rendering.called("builtins.str", item) for item in items.values]
    separator = applied.args[0] if applied.args else Constant("")
    joined = Sequence("list", texts, list(items.losses))
    return _call_method(rendering, separator, "join", [joined])


def _map(rendering: Rendering, applied: _Applied) -> Value | None:
    """`map(attribute="x")`, and `map("upper")`: with a filter without arguments."""
    by_attribute = list(applied.kwargs) == ["attribute"]
    given = [*applied.args, *applied.kwargs.values()]
    if len(given) != 1 or (applied.kwargs and not by_attribute):
        return None
    (by,) = given
    if not isinstance(by, Constant):
        return None
    change = _part if by_attribute else _filtered_by
    items = rendering.call.items(applied.value)
    changed = [change(rendering, item, str(by.value)) for item in items.values]
    return Sequence("list", changed, list(items.losses))


def _safe(_rendering: Rendering, applied: _Applied) -> Value | None:
    return applied.value


def _call_method(rendering: Rendering, value: Value, name: str, args: list[Value]) -> Value:
    machine, site = rendering.call.machine, rendering.call.site
    return machine.call(machine.get_attribute(value, name, site), args, {}, site)


def _filtered_by(rendering: Rendering, value: Value, name: str) -> Value:
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


def _select(rendering: Rendering, applied: _Applied) -> Value | None:
    """The items that pass a test, or do not, themselves or by an attribute."""
    if applied.kwargs:
        return None
    name, args = applied.name, list(applied.args)
    items = rendering.call.items(applied.value)
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


def _by_jinja(rendering: Rendering, applied: _Applied) -> Value | None:
    """The result of Jinja's own filter, for plain data."""
    import jinja2.filters

    name, value = applied.name, applied.value
    function: Any = jinja2.filters.FILTERS[name]
    if name == "format" and _is_wide(value):
        raise Lost("a text that is too long to be made", value)
    listed = name in ("batch", "slice", "dictsort")
    made = run(
        rendering.call,
        (lambda *a, **k: list(function(*a, **k))) if listed else function,
        [value, *applied.args],
        applied.kwargs,
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
        found = rendering.call.find_attribute(value, step)
        is_known = found is not None and not isinstance(found, Unknown)
        value = (
            found
            if is_known and found is not None
            else (rendering.at(value, Constant(int(step) if step.isdecimal() else step)))
        )
    return value


def _or_default(rendering: Rendering, node: Any, args: list[Value]) -> Value:
    """`x | default("y")`, also if `x` is not defined; with a true second argument, also if it is
    false."""
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


_FUNCTIONS: Final = {
    **{name: f"builtins.{name}" for name in ("abs", "float", "int", "list", "max", "min", "sum")},
    "count": "builtins.len",
    "length": "builtins.len",
    "string": "builtins.str",
    "tojson": "json.dumps",
}
_MAKING_LISTS: Final = {
    "sort": "builtins.sorted",
    "unique": "builtins.dict.fromkeys",
    "reverse": "builtins.reversed",
}
_PLACES: Final = {"first": 0, "last": -1}
_OF_JINJA: Final = (
    *("batch", "dictsort", "format", "indent", "round", "slice", "urlencode", "wordcount"),
)
_FILTERS: Final[ReadOnlyMapping[str, Callable[[Rendering, _Applied], Value | None]]] = {
    **dict.fromkeys(("capitalize", "lower", "replace", "title", "upper"), _method),
    **dict.fromkeys(_FUNCTIONS, _function),
    **dict.fromkeys(_MAKING_LISTS, _listed),
    **dict.fromkeys(_PLACES, _place),
    **dict.fromkeys(("select", "reject", "selectattr", "rejectattr"), _select),
    **dict.fromkeys(_OF_JINJA, _by_jinja),
    "items": _items,
    "join": _join,
    "map": _map,
    "safe": _safe,
    "trim": _trim,
}


def tested(rendering: Rendering, node: Any) -> Value:
    """The value of `value is test(...)`."""
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
