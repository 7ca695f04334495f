"""Operations on constants that are refused before they are computed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from numbers import Rational

_LARGEST = 1 << 64
_EXPONENT = 4096


def makes_too_much(operation: type[ast.operator], left: object, right: object, limit: int) -> bool:
    """Whether the result would be a string of more than `limit` characters, or a huge number."""
    grows = _GROWING.get(operation)
    return grows is not None and grows(left, right, limit)


def _sum(left: object, right: object, limit: int) -> bool:
    return sum(len(side) for side in (left, right) if isinstance(side, (str, bytes))) > limit


def _product(left: object, right: object, limit: int) -> bool:
    for text, count in ((left, right), (right, left)):
        if isinstance(text, (str, bytes)) and isinstance(count, int):
            return len(text) * count > limit
    return any(isinstance(side, Rational) and _size(side) > _LARGEST**4 for side in (left, right))


def _power(left: object, right: object, limit: int) -> bool:
    if isinstance(left, Rational) and isinstance(right, Rational):
        return _size(right) > _EXPONENT or _size(left) > _LARGEST
    return False


def _size(number: Rational) -> int:
    """How large the integers are that make up a fraction."""
    return max(abs(int(number.numerator)), int(number.denominator))


_GROWING: Mapping[type[ast.operator], Callable[[object, object, int], bool]] = {
    ast.Add: _sum,
    ast.Mult: _product,
    ast.Pow: _power,
    ast.LShift: _power,
}
