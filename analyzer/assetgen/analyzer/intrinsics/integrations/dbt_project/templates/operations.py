"""The operators, filters, tests and methods that are evaluated in dbt's templates."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from jinja2 import nodes

BINARY: dict[type[nodes.Node], Callable[[Any, Any], Any]] = {
    nodes.Add: operator.add,
    nodes.Sub: operator.sub,
    nodes.Mul: lambda left, right: _product(left, right),
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
    "join": lambda values, d="", attribute=None: str(d).join(
        str(value) for value in (values if attribute is None else _mapped(values, attribute))
    ),
    "map": lambda values, *names, attribute=None: _each(values, names, attribute),
    "select": lambda values, *test: [item for item in values if _holds(item, test)],
    "reject": lambda values, *test: [item for item in values if not _holds(item, test)],
    "selectattr": lambda values, name, *test: [
        item for item in values if _holds(_part(item, name), test)
    ],
    "rejectattr": lambda values, name, *test: [
        item for item in values if not _holds(_part(item, name), test)
    ],
    "unique": lambda values: list(dict.fromkeys(values)),
    "sort": lambda values, reverse=False: sorted(values, reverse=reverse),
    "reverse": lambda value: value[::-1] if isinstance(value, str) else list(value)[::-1],
    "items": lambda value: list(value.items()),
    "dictsort": lambda value: sorted(value.items()),
    "capitalize": lambda value: str(value).capitalize(),
    "float": float,
    "abs": abs,
    "sum": sum,
    "min": min,
    "max": max,
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
    "d": lambda value, default="", is_false=False: default if is_false and not value else value,
    "as_bool": lambda value: value if isinstance(value, bool) else str(value).lower() == "true",
    "as_number": float,
    "as_text": str,
    "as_native": lambda value: value,
}
TESTS: dict[str, Callable[..., bool]] = {
    "none": lambda value: value is None,
    "string": lambda value: isinstance(value, str),
    "mapping": lambda value: isinstance(value, dict),
    "iterable": lambda value: isinstance(value, (str, list, tuple, dict)),
    "sequence": lambda value: isinstance(value, (str, list, tuple, dict)),
    "number": lambda value: isinstance(value, (int, float)),
    "boolean": lambda value: isinstance(value, bool),
    "true": lambda value: value is True,
    "false": lambda value: value is False,
    "in": lambda value, values: value in values,
    **dict.fromkeys(("eq", "equalto", "=="), operator.eq),
    **dict.fromkeys(("ne", "!="), operator.ne),
    **dict.fromkeys(("gt", "greaterthan", ">"), operator.gt),
    **dict.fromkeys(("lt", "lessthan", "<"), operator.lt),
    "ge": operator.ge,
    "le": operator.le,
    "even": lambda value: value % 2 == 0,
    "odd": lambda value: value % 2 == 1,
    "divisibleby": lambda value, number: value % number == 0,
}


def _product(left: Any, right: Any) -> Any:
    """A product of numbers: one of a string or list could be of any size."""
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return left * right
    raise TypeError


def _part(item: Any, name: str) -> Any:
    for key in name.split("."):
        item = item[key]
    return item


def _mapped(values: Any, name: str) -> list[Any]:
    return [_part(item, name) for item in values]


def _each(values: Any, names: tuple[Any, ...], attribute: str | None) -> list[Any]:
    if attribute is not None:
        return _mapped(values, attribute)
    return [FILTERS[names[0]](item, *names[1:]) for item in values]


def _holds(item: Any, test: tuple[Any, ...]) -> bool:
    return bool(TESTS[test[0]](item, *test[1:])) if test else bool(item)


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
    (dict, "get"): lambda receiver, *args: receiver.get(*args),
    (dict, "items"): lambda receiver: list(receiver.items()),
    (dict, "keys"): lambda receiver: list(receiver),
    (dict, "values"): lambda receiver: list(receiver.values()),
    (dict, "update"): lambda receiver, *args, **kwargs: receiver.update(*args, **kwargs),
    (list, "append"): _append,
    (list, "extend"): list.extend,
}
"""Methods by the type of their receiver."""
