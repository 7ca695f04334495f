"""What the arguments of decorators hold: the types of inputs and outputs, which count more than
annotations, defaults of inputs, and items of what is written as a mapping."""

from __future__ import annotations

import ast
from collections.abc import Iterator

# By what they are said of, the arguments of decorators that hold them.
_ARGUMENTS = {"in": ("ins",), "out": ("outs", "out")}
# Those whose first argument is the type.
_TYPE_FIRST = frozenset({"DynamicOut", "In", "Out"})
_OWN = "dagster_type"
SAYING = frozenset({_OWN, *_ARGUMENTS["in"], *_ARGUMENTS["out"]})
"""The arguments of decorators that say types."""


def declared_type(decorator: ast.Call, kind: str, name: str) -> ast.expr | None:
    """The type of an input ("in") or output ("out") as a decorator says it, if it does."""
    given = {each.arg: each.value for each in decorator.keywords if each.arg in SAYING}
    if not given:
        return None
    if kind == "out" and _OWN in given:
        return given[_OWN]
    for argument in _ARGUMENTS[kind]:
        for described in _described(given.get(argument), name):
            written = next((each.value for each in described.keywords if each.arg == _OWN), None)
            if written is None and described.args and _callee(described) in _TYPE_FIRST:
                written = described.args[0]
            return written
    return None


def declared_default(decorator: ast.Call, name: str) -> ast.expr | None:
    """The default of an input as a decorator says it, if it does."""
    ins = next((each.value for each in decorator.keywords if each.arg == "ins"), None)
    described = item_of(ins, name)
    if not isinstance(described, ast.Call):
        return None
    return next((each.value for each in described.keywords if each.arg == "default_value"), None)


def item_of(mapping: ast.expr | None, key: str) -> ast.expr | None:
    """What is written under a key of a mapping."""
    if not isinstance(mapping, ast.Dict):
        return None
    for name, value in zip(mapping.keys, mapping.values, strict=True):
        if isinstance(name, ast.Constant) and name.value == key:
            return value
    return None


def _described(value: ast.expr | None, name: str) -> Iterator[ast.Call]:
    """What describes an input or output: the only one, or that under its name."""
    if isinstance(value, ast.Call):
        yield value
    elif isinstance(value, ast.Dict):
        for key, each in zip(value.keys, value.values, strict=True):
            if isinstance(key, ast.Constant) and key.value == name and isinstance(each, ast.Call):
                yield each


def _callee(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
