"""Which operations on constants are refused before they are computed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping

_LARGEST = 1 << 64
_EXPONENT = 4096


def makes_too_much(operation: type[ast.operator], left: object, right: object, limit: int) -> bool:
    """Whether the result would be a text of more than `limit` characters, or a huge number."""
    grows = _GROWING.get(operation)
    return grows is not None and grows(left, right, limit)


def _sum(left: object, right: object, limit: int) -> bool:
    return sum(len(side) for side in (left, right) if isinstance(side, (str, bytes))) > limit


def _product(left: object, right: object, limit: int) -> bool:
    for text, count in ((left, right), (right, left)):
        if isinstance(text, (str, bytes)) and isinstance(count, int):
            return len(text) * count > limit
    return any(isinstance(side, int) and abs(side) > _LARGEST**4 for side in (left, right))


def _power(left: object, right: object, limit: int) -> bool:
    if isinstance(left, int) and isinstance(right, int):
        return abs(right) > _EXPONENT or abs(left) > _LARGEST
    return False


_GROWING: Mapping[type[ast.operator], Callable[[object, object, int], bool]] = {
    ast.Add: _sum,
    ast.Mult: _product,
    ast.Pow: _power,
    ast.LShift: _power,
}
