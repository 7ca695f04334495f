"""Lists, dictionaries and sets that were given to code which is not read: it may change them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.journal import changing, changing_mapping
from assetgen.analyzer.evaluate.objects.doubts import each_doubted, make_doubt
from assetgen.analyzer.evaluate.objects.namespaces import NamedEntries
from assetgen.analyzer.evaluate.objects.unknown_keys import doubt_values
from assetgen.analyzer.evaluate.values import External, Mapping, Sequence, Unknown, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def give_away(
    machine: Machine, function: Value, arguments: Iterable[Value], unknown: Unknown
) -> None:
    """`function`, of which only the name is known, was called with these arguments: what it does
    with the collections among them, and with those inside of them, is not known, but for functions
    of packages that only look at them."""
    if _package(function) in _LOOKING:
        return
    given = [value for value in arguments if isinstance(value, (Sequence, Mapping))]
    seen: set[int] = set()
    while given:
        value = given.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        inside = _items(value)
        given += [item for item in inside if isinstance(item, (Sequence, Mapping))]
        if not inside and value.losses:
            continue
        if isinstance(value, Sequence):
            _doubt_items(machine, value, unknown)
        elif value.kind != "mappingproxy":
            _doubt_entries(machine, value, unknown)


def _package(function: Value) -> str:
    """The package that a function is of, or made the object whose method it is."""
    while isinstance(function, Unknown) and not function.maker and function.causes:
        function = function.causes[0]
    name = function.qualname if isinstance(function, External) else None
    if isinstance(function, Unknown):
        name = function.maker
    return (name or "").partition(".")[0]


def _items(value: Sequence | Mapping) -> list[Value]:
    if isinstance(value, Sequence):
        return list(value.items)
    if isinstance(value.entries, NamedEntries):  # of a module or class
        return []
    return [item for _, item in value.entries.values()]


def _doubt_items(machine: Machine, value: Sequence, unknown: Unknown) -> None:
    if value.kind in ("list", "deque", "set"):
        changing(machine.journals, value)
        value.losses += (each_doubted(unknown, value.items), unknown)


def _doubt_entries(machine: Machine, value: Mapping, unknown: Unknown) -> None:
    changing_mapping(machine.journals, value)
    doubt_values(machine, value, unknown)
    names = tuple([name for name, _ in value.entries.values()])
    value.losses += (make_doubt(unknown, [{*value.entries, *map(id, names)}], names), unknown)


_LOOKING = frozenset(
    {
        *sys.stdlib_module_names,
        *("dagster", "jsonschema", "fastjsonschema", "loguru", "structlog", "rich", "tabulate"),
        *("pandas", "polars", "pyarrow", "duckdb", "sqlalchemy", "requests", "httpx", "boto3"),
    }
)
"""Packages that check, print, send or copy what they are given."""
