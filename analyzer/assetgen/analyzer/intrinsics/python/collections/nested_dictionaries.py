"""Nested dictionaries, as settings are read from names with delimiters in them."""

from __future__ import annotations

from assetgen.analyzer.evaluate.values import Constant, Mapping, Value


def put_at(mapping: Mapping, path: list[str], value: Value) -> None:
    """Puts a value at a path of keys, and creates dictionaries on the way."""
    *outer, last = path
    for step in outer:
        entry = mapping.entries.get(("constant", step))
        inner = entry[1] if entry is not None else None
        if not isinstance(inner, Mapping):
            inner = Mapping()
            mapping.entries["constant", step] = (Constant(step), inner)
        mapping = inner
    mapping.entries["constant", last] = (Constant(last), value)
