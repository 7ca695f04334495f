"""Arguments of APIs that are objects of classes derived from builtins, and count as data.

What takes a string also takes a member of `class Layer(str, Enum)`; what takes a dictionary also
takes an object of a class derived from `dict`. The rows of the tables are given the data itself.
The order of a list does not matter to them, so that it need not be known.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.doubts import disorders, in_any_order
from assetgen.analyzer.evaluate.objects.hashing import hash_key
from assetgen.analyzer.evaluate.objects.truth import without_mixin
from assetgen.analyzer.evaluate.values import Constant, Instance, Mapping, Sequence, Value
from assetgen.analyzer.model.copies import replace


def taking_data(rows: ReadOnlyMapping[str, Intrinsic]) -> dict[str, Intrinsic]:
    """The rows of APIs for which the content of their arguments matters, not the class."""
    return {name: _taking_data(row) for name, row in rows.items()}


def _taking_data(row: Intrinsic) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        if _any_objects(call.args) or _any_objects(call.kwargs.values()):
            call = replace(
                call,
                args=tuple(map(_data, call.args)),
                kwargs={name: _data(value) for name, value in call.kwargs.items()},
            )
        return row(call)

    return intrinsic


_LOOKED_THROUGH = 200
"""How many items of a collection are looked at: longer ones are not keys, tags or metadata."""


def _any_objects(values: Iterable[Value], seen: set[int] | None = None) -> bool:
    """Whether there are such objects among the values, or lists whose order is not known, or either
    in collections of them.

    `seen` are the collections already searched, which may occur many times.
    """
    for value in values:
        kind = type(value)
        if kind is Constant:
            continue
        if kind is Instance:
            if without_mixin(value) is not value:
                return True
        elif isinstance(value, (Sequence, Mapping)):
            if value.losses and disorders(value.losses):
                return True
            seen = set() if seen is None else seen
            if id(value) not in seen:
                seen.add(id(value))
                if any(_any_objects(items, seen) for items in _looked_through(value)):
                    return True
    return False


def _looked_through(value: Sequence | Mapping) -> Iterable[Iterable[Value]]:
    if isinstance(value, Sequence):
        return (value.items,) if len(value.items) <= _LOOKED_THROUGH else ()
    return value.entries.values() if len(value.entries) <= _LOOKED_THROUGH else ()


def _data(value: Value, done: dict[int, Value] | None = None) -> Value:
    """The data of a value; `done` are the collections that have been converted."""
    value = without_mixin(value)
    if not isinstance(value, (Sequence, Mapping)):
        return value
    done = {} if done is None else done
    if id(value) not in done:
        done[id(value)] = value  # where it holds itself
        done[id(value)] = _data_of_items(value, done) if _any_objects((value,)) else value
    return done[id(value)]


def _data_of_items(value: Sequence | Mapping, done: dict[int, Value]) -> Value:
    if isinstance(value, Sequence):
        losses = in_any_order(value.losses)
        return Sequence(value.kind, [_data(item, done) for item in value.items], losses)
    entries = [(_data(key, done), _data(item, done)) for key, item in value.entries.values()]
    losses = in_any_order(value.losses)
    return Mapping(value.kind, {hash_key(entry[0]): entry for entry in entries}, losses)
