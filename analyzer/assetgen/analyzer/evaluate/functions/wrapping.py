"""Functions that say which function they wrap, as `functools.wraps` lets them."""

from __future__ import annotations

from assetgen.analyzer.evaluate.values import Function, Value


def wrapped_in(value: Value) -> tuple[Value, ...]:
    """A value, what it wraps if it is a function, what that wraps, and so on, each once."""
    found = [value]
    while isinstance(value, Function) and "__wrapped__" in value.attributes:
        value = value.attributes["__wrapped__"]
        if any(value is each for each in found):
            break
        found.append(value)
    return tuple(found)
