"""Sorting, with comparisons as the evaluated program would make them."""

from __future__ import annotations

from typing import Any

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.objects.weight import is_heavy
from assetgen.analyzer.evaluate.values import (
    NONE,
    External,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.plain import plain, raised


def sort(call: Call, values: list[Value], key: Value, reverse: bool) -> list[Value]:
    """The values in order; raises `NotPlain` if the order is not known, `Raised` if there is
    none."""
    by = values
    if key != NONE:
        by = [call.invoke(key, value) for value in values]
    keys = order_keys(call, by)
    try:
        order = sorted(range(len(values)), key=keys.__getitem__, reverse=reverse)
    except TypeError as error:
        raise raised(error) from error
    return [values[index] for index in order]


def order_keys(call: Call, values: list[Value]) -> list[Any]:
    """Objects that are ordered like `values`; raises `NotPlain` if their order is not known."""
    try:
        return [plain(call, value) for value in values]
    except NotPlain:
        heavy = next(filter(is_heavy, values), None)
        if heavy is not None:
            raise NotPlain(heavy) from None
        if any(isinstance(value, Sequence) for value in values):
            return [_order_key(call, value) for value in values]
        for value in values:
            if isinstance(value, (Unknown, Mapping, External)):
                raise NotPlain(value) from None
        return [_Ordered(call, value) for value in values]


class _Ordered:
    """A value that compares as the evaluated program would compare it."""

    __slots__ = ("call", "value")

    def __init__(self, call: Call, value: Value) -> None:
        self.call = call
        self.value = value

    def __lt__(self, other: _Ordered) -> bool:
        machine, site = self.call.machine, self.call.site
        method = machine.find_attribute(self.value, "__lt__", site)
        if method is None or isinstance(method, Unknown):
            raise NotPlain(self.value)
        answer = machine.truth(machine.call(method, [other.value], {}, site), site)
        if answer is None:
            raise NotPlain(self.value)
        return answer


def _order_key(call: Call, value: Value) -> object:
    """The key of a tuple or list, which is ordered by the first items that differ: later items may
    be anything."""
    if isinstance(value, Sequence) and value.kind in ("list", "tuple") and not value.losses:
        parts = [_order_key(call, item) for item in value.items]
        return tuple(parts) if value.kind == "tuple" else parts
    try:
        return plain(call, value)
    except NotPlain:
        return _Unordered(value)


class _Unordered:
    """Stands for a value whose order and equality are not known."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, value: Value) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        raise NotPlain(self.value)

    def __lt__(self, other: object) -> bool:
        raise NotPlain(self.value)

    __gt__ = __lt__
