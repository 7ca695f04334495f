"""The operators, filters, tests and methods that are evaluated in dbt's templates."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from jinja2 import nodes

BINARY: dict[type[nodes.Node], Callable[[Any, Any], Any]] = {
    nodes.Add: operator.add,
    nodes.Sub: operator.sub,
    nodes.Div: operator.truediv,
    nodes.FloorDiv: operator.floordiv,
    nodes.Mod: operator.mod,
}
COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}
FILTERS: dict[str, Callable[..., Any]] = {
    "trim": lambda value: str(value).strip(),
    "lower": lambda value: str(value).lower(),
    "upper": lambda value: str(value).upper(),
    "title": lambda value: str(value).title(),
    "replace": lambda value, old, new: str(value).replace(old, new),
    "join": lambda values, glue="": str(glue).join(str(value) for value in values),
    "length": len,
    "count": len,
    "list": list,
    "int": int,
    "string": str,
    "first": lambda values: next(iter(values)),
    "last": lambda values: list(values)[-1],
    "default": lambda value, default="", is_false=False: (
        default if is_false and not value else value
    ),
    "as_bool": lambda value: value if isinstance(value, bool) else str(value).lower() == "true",
    "as_number": float,
    "as_text": str,
    "as_native": lambda value: value,
}
TESTS: dict[str, Callable[[Any], bool]] = {
    "none": lambda value: value is None,
    "string": lambda value: isinstance(value, str),
    "mapping": lambda value: isinstance(value, dict),
    "iterable": lambda value: isinstance(value, (str, list, tuple, dict)),
    "sequence": lambda value: isinstance(value, (str, list, tuple, dict)),
    "number": lambda value: isinstance(value, (int, float)),
    "boolean": lambda value: isinstance(value, bool),
}


def _append(receiver: list[Any], item: Any) -> None:
    receiver.append(item)


METHODS: dict[tuple[type, str], Callable[..., Any]] = {
    **{
        (str, name): getattr(str, name)
        for name in (
            *("lower", "upper", "strip", "lstrip", "rstrip", "split", "replace", "startswith"),
            *("endswith", "title", "capitalize", "join", "find", "removeprefix", "removesuffix"),
        )
    },
    (dict, "get"): dict.get,
    (dict, "items"): lambda receiver: list(receiver.items()),
    (dict, "keys"): lambda receiver: list(receiver),
    (dict, "values"): lambda receiver: list(receiver.values()),
    (dict, "update"): dict.update,
    (list, "append"): _append,
    (list, "extend"): list.extend,
}
"""Methods by the type of their receiver."""
