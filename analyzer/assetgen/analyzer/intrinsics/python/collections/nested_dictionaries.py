"""Dictionaries in dictionaries, as settings come from names with delimiters in them."""

from __future__ import annotations

from assetgen.analyzer.evaluate.values import Constant, Mapping, Value


def put_at(mapping: Mapping, path: list[str], value: Value) -> None:
    """Put a value where a path of keys leads, and dictionaries where there are none on the way."""
    *outer, last = path
    for step in outer:
        entry = mapping.entries.get(("constant", step))
        inner = entry[1] if entry is not None else None
        if not isinstance(inner, Mapping):
            inner = Mapping()
            mapping.entries["constant", step] = (Constant(step), inner)
        mapping = inner
    mapping.entries["constant", last] = (Constant(last), value)
