"""Objects of the project's classes that derive from dict, list, str, int and other builtins.

Such an object holds its data as its content: inherited methods act on that, methods written in the
project act on the object.
"""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.expressions.changed_items import delete_item
from assetgen.analyzer.evaluate.expressions.displays import add_to_set, merge
from assetgen.analyzer.evaluate.journal import changing
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    External,
    Instance,
    Iterator_,
    Mapping,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.python.plain import lost

_MAPPINGS: Final = {
    "builtins.dict": "dict",
    "collections.Counter": "Counter",
    "collections.OrderedDict": "OrderedDict",
    "collections.defaultdict": "defaultdict",
}
_LISTS: Final = {
    "builtins.list": "list",
    "builtins.set": "set",
    "collections.deque": "deque",
}


def _new(call: Call) -> Value:
    """`dict.__new__(cls, ...)`: mutable content is filled by `__init__`."""
    if not call.args or not isinstance(call.args[0], Class):
        return lost(call, *call.args)
    owner = call.name.removesuffix(".__new__")
    made = Instance(call.args[0], site=call.site)
    if owner in _MAPPINGS:
        made.content = Mapping(_MAPPINGS[owner])
    elif owner in _LISTS:
        made.content = Sequence(_LISTS[owner], [])
    else:
        arguments = call.args[1:]
        made.content = call.machine.call(
            External(owner), arguments, call.kwargs, call.site, call.losses
        )
    return made


def _initialise(call: Call) -> Value:
    """`dict.__init__(self, ...)`: replaces the content by what the builtin makes of the
    arguments."""
    receiver, args = call.receiver, call.args
    if receiver is None and args:
        receiver, args = args[0], args[1:]
    if not isinstance(receiver, Instance):
        return NONE
    owner = External(call.name.removesuffix(".__init__"))
    content = receiver.content
    if isinstance(content, Mapping):
        given = call.machine.call(owner, args, call.kwargs, call.site, call.losses)
        merge(call.machine, content, given, call.site)
        if isinstance(given, Mapping):
            content.default_factory = given.default_factory
    elif isinstance(content, Sequence) and content.kind in _LISTS.values():
        given = call.machine.call(owner, args, call.kwargs, call.site, call.losses)
        items = call.items(given)
        changing(call.machine.journals, content)
        content.items[:], content.losses[:] = [], list(items.losses)
        keys: set[Hashable] = set()
        for item in items.values:
            if content.kind == "set":
                add_to_set(call.machine, content, item, keys, call.site)
            else:
                content.items.append(item)
        content.most = given.most if isinstance(given, Sequence) else None
    return NONE


def _content(value: Value) -> Value:
    if not isinstance(value, Instance):
        return value
    return value.content or value.attributes.get("_value_") or value  # a member's, if it is one


def _receiver(call: Call) -> tuple[Value, tuple[Value, ...]]:
    if call.receiver is not None:
        return call.receiver, call.args
    return (call.args[0], call.args[1:]) if call.args else (NONE, ())


def _get(call: Call) -> Value:
    """`dict.__getitem__`: for a missing key, `__missing__` is called."""
    owner, args = _receiver(call)
    if len(args) != 1:
        return lost(call, *args)
    try:
        return call.subscript(_content(owner), args[0])
    except Raised as raised:
        missing = classes.lookup(owner.cls, "__missing__") if isinstance(owner, Instance) else None
        if missing is None or not raised.is_a("builtins.KeyError"):
            raise
        return call.invoke(missing[1], owner, args[0])


def _set(call: Call) -> Value:
    owner, args = _receiver(call)
    if len(args) == 2:
        call.set_item(_content(owner), args[0], args[1])
    return NONE


def _delete(call: Call) -> Value:
    owner, args = _receiver(call)
    if len(args) == 1:
        delete_item(call.machine, _content(owner), args[0], call.site)
    return NONE


def _iterate(call: Call) -> Value:
    content = _content(_receiver(call)[0])
    losses = call.losses_of(content)
    return Iterator_(call.iterate(content), list(losses))


def _by_function(name: str, swapped: bool = False) -> Intrinsic:
    """A special method that a function calls: `__len__` for `len`."""

    def intrinsic(call: Call) -> Value:
        owner, args = _receiver(call)
        values = [_content(owner), *map(_content, args)]
        if swapped:
            values.reverse()
        return call.invoke(External(name), *values)

    return intrinsic


_COMMON: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__eq__": _by_function("operator.eq"),
    "__ge__": _by_function("operator.ge"),
    "__gt__": _by_function("operator.gt"),
    "__le__": _by_function("operator.le"),
    "__lt__": _by_function("operator.lt"),
    "__ne__": _by_function("operator.ne"),
    "__new__": _new,
    "__init__": _initialise,
    "__repr__": _by_function("builtins.repr"),
    "__str__": _by_function("builtins.str"),
}
_COLLECTION: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__contains__": _by_function("operator.contains"),
    "__getitem__": _get,
    "__iter__": _iterate,
    "__len__": _by_function("builtins.len"),
}
_CHANGEABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {"__delitem__": _delete, "__setitem__": _set}
_ADDABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__add__": _by_function("operator.add"),
    "__mul__": _by_function("operator.mul"),
    "__rmul__": _by_function("operator.mul"),
}
_SETS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__and__": _by_function("operator.and_"),
    "__or__": _by_function("operator.or_"),
    "__sub__": _by_function("operator.sub"),
    "__xor__": _by_function("operator.xor"),
}
_NUMBERS: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__add__": _by_function("operator.add"),
    "__floordiv__": _by_function("operator.floordiv"),
    "__mod__": _by_function("operator.mod"),
    "__mul__": _by_function("operator.mul"),
    "__neg__": _by_function("operator.neg"),
    "__pow__": _by_function("operator.pow"),
    "__radd__": _by_function("operator.add", swapped=True),
    "__rsub__": _by_function("operator.sub", swapped=True),
    "__sub__": _by_function("operator.sub"),
    "__truediv__": _by_function("operator.truediv"),
}
_MERGED: Final[ReadOnlyMapping[str, Intrinsic]] = {"__or__": _by_function("operator.or_")}
_BY_CLASS: Final[ReadOnlyMapping[str, tuple[ReadOnlyMapping[str, Intrinsic], ...]]] = {
    **dict.fromkeys(_MAPPINGS, (_COMMON, _COLLECTION, _CHANGEABLE, _MERGED)),
    "builtins.list": (_COMMON, _COLLECTION, _CHANGEABLE, _ADDABLE),
    "builtins.set": (_COMMON, _COLLECTION, _SETS),
    "collections.Counter": (_COMMON, _COLLECTION, _CHANGEABLE),
    "collections.deque": (_COMMON, _COLLECTION, _CHANGEABLE, _ADDABLE),
    "builtins.frozenset": (_COMMON, _COLLECTION, _SETS),
    "builtins.tuple": (_COMMON, _COLLECTION, _ADDABLE),
    "builtins.str": (_COMMON, _COLLECTION, _ADDABLE),
    "builtins.bytes": (_COMMON, _COLLECTION, _ADDABLE),
    "builtins.int": (_COMMON, _NUMBERS),
    "builtins.float": (_COMMON, _NUMBERS),
}

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    f"{cls}.{name}": row
    for cls, families in _BY_CLASS.items()
    for family in families
    for name, row in family.items()
}
