"""What a check of the arguments of a call is, and how it reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import NONE, Constant, Value

Refusal = tuple[str, str, str]
"""A rule, the parameter that it is about, and what is wrong."""
Check = Callable[[Call], Iterator[Refusal]]


def value_of(call: Call, name: str, position: int | None = None) -> Value | None:
    """The argument, None if it was not given or is None."""
    value = call.kwargs.get(name)
    if value is None and position is not None and position < len(call.args):
        value = call.args[position]
    return None if value == NONE else value


def plain_of(call: Call, name: str, position: int | None = None) -> object:
    """The plain value of an argument, None if it has none."""
    value = value_of(call, name, position)
    return value.value if isinstance(value, Constant) else None
