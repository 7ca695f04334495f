"""What classes inherit from `collections.abc`, and `UserDict`, `UserList` and `ChainMap`.

The inherited methods are defined by the few that the class itself has, or by its `data`.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.expressions import relations
from assetgen.analyzer.evaluate.expressions.changed_items import delete_item
from assetgen.analyzer.evaluate.expressions.displays import merge
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    Class,
    Constant,
    Declared,
    External,
    Instance,
    Iterator_,
    Mapping,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass, field

_GET: Final = Parameters("key, default=None, /")
_POP: Final = Parameters("key, default=..., /")
_FROM: Final = Parameters("other=(), /, **entries")
_MAPS: Final = Parameters("*maps")
_CHILD: Final = Parameters("m=None, **entries")
_KEY: Final = Parameters("key, /")
_TWO: Final = Parameters("key, value, /")


def _item(call: Call, key: Value) -> Value | None:
    """`self[key]`; None if that raises `KeyError`."""
    try:
        return call.subscript(call.receiver or NONE, key)
    except Raised as raised:
        if not (raised.is_a("builtins.KeyError") or raised.is_a("builtins.LookupError")):
            raise
        return None


def _get(call: Call) -> Value:
    bound = _GET.bind(call)
    return _item(call, bound["key"]) or bound["default"]


def _contains(call: Call) -> Value:
    return FALSE if _item(call, _KEY.bind(call)["key"]) is None else TRUE


def _keys(call: Call) -> Value:
    items = call.items(call.receiver or NONE)
    return Sequence("set", list(items.values), list(items.losses))


def _values(call: Call) -> Value:
    items = call.items(call.receiver or NONE)
    values = [_item(call, key) or NONE for key in items.values]
    return Sequence("list", values, list(items.losses))


def _items(call: Call) -> Value:
    items = call.items(call.receiver or NONE)
    pairs: list[Value] = [
        Sequence("tuple", [key, _item(call, key) or NONE]) for key in items.values
    ]
    return Sequence("list", pairs, list(items.losses))


def _update(call: Call) -> Value:
    bound = _FROM.bind(call)
    given = Mapping()
    merge(call.machine, given, bound["other"], call.site)
    for name, value in bound.rest.items():
        given.entries["constant", name] = (Constant(name), value)
    for key, value in given.entries.values():
        call.set_item(call.receiver or NONE, key, value)
    return NONE


def _set_default(call: Call) -> Value:
    bound = _GET.bind(call)
    found = _item(call, bound["key"])
    if found is None:
        call.set_item(call.receiver or NONE, bound["key"], bound["default"])
    return found or bound["default"]


def _pop(call: Call) -> Value:
    bound = _POP.bind(call)
    found = _item(call, bound["key"])
    if found is not None:
        delete_item(call.machine, call.receiver or NONE, bound["key"], call.site)
        return found
    if "default" in bound:
        return bound["default"]
    raise Raised("builtins.KeyError", display(bound["key"]))


def _construct_user(call: Call) -> Value:
    """`UserDict(...)` for a class of the project without an `__init__`."""
    if not isinstance(call.receiver, Class):
        return lost(call)
    made = Instance(call.receiver, {}, call.args, call.kwargs, call.site)
    start = call.get_attribute(made, "__init__")
    call.passed_to(start)
    return made


def _start_dict(call: Call) -> Value:
    if isinstance(call.receiver, Instance):
        call.machine.write(call.receiver.attributes, "data", Mapping())
        update = call.get_attribute(call.receiver, "update")
        call.invoke(update, *call.args, **call.kwargs)
    return NONE


def _start_list(call: Call) -> Value:
    if isinstance(call.receiver, Instance):
        items = [call.items(each) for each in call.args]
        values = [value for each in items for value in each.values]
        losses = [loss for each in items for loss in each.losses]
        call.machine.write(call.receiver.attributes, "data", Sequence("list", values, losses))
    return NONE


def _data(call: Call) -> Value:
    """`self.data`."""
    return call.get_attribute(call.receiver or NONE, "data")


def _item_of_data(call: Call) -> Value:
    key = _KEY.bind(call)["key"]
    try:
        return call.subscript(_data(call), key)
    except Raised:
        owner = call.receiver
        missing = (
            call.machine.find_own(owner, "__missing__") if isinstance(owner, Instance) else None
        )
        if missing is None:
            raise
        return call.invoke(missing, owner or NONE, key)


def _set_in_data(call: Call) -> Value:
    bound = _TWO.bind(call)
    call.set_item(_data(call), bound["key"], bound["value"])
    return NONE


def _delete_in_data(call: Call) -> Value:
    delete_item(call.machine, _data(call), _KEY.bind(call)["key"], call.site)
    return NONE


def _in_data(call: Call) -> Value:
    return relations.compare(call.machine, ast.In, _KEY.bind(call)["key"], _data(call), call.site)


def _of_data(name: str) -> Intrinsic:
    """The row for a function of the data: `__len__` is `len(self.data)`."""

    def intrinsic(call: Call) -> Value:
        return call.invoke(External(name), _data(call), *call.args)

    return intrinsic


def _iterate_data(call: Call) -> Value:
    data = _data(call)
    losses = list(call.losses_of(data))
    return Iterator_(call.iterate(data), losses)


def _method_of_data(call: Call) -> Value:
    """The row for a list method, called on the data."""
    name = call.last_name
    found = call.get_attribute(_data(call), name)
    return call.passed_to(found)


@dataclass(slots=True, eq=False)
class ChainMap(Declared):
    """`collections.ChainMap`: a key is looked up in the first map that has it."""

    type_name: ClassVar[str] = "collections.ChainMap"
    maps: list[Value] = field(default_factory=list)

    def attribute(self, name: str) -> Value | None:
        if name == "maps":
            return Sequence("list", self.maps)
        return ChainMap(self.maps[1:]) if name == "parents" else None


def _chain_map(call: Call) -> Value:
    return ChainMap(list(_MAPS.bind(call).star) or [Mapping()])


def _joined(call: Call, chain: ChainMap) -> Mapping:
    """A chain as one dictionary, in its order of iteration."""
    joined = Mapping()
    for other in reversed(chain.maps):
        merge(call.machine, joined, other, call.site)
    return joined


def _item_of_chain(call: Call, chain: ChainMap) -> Value:
    return call.subscript(_joined(call, chain), _KEY.bind(call)["key"])


def _set_in_chain(call: Call, chain: ChainMap) -> Value:
    bound = _TWO.bind(call)
    call.set_item(chain.maps[0], bound["key"], bound["value"])
    return NONE


def _child(call: Call, chain: ChainMap) -> Value:
    bound = _CHILD.bind(call)
    first = Mapping() if bound["m"] == NONE else bound["m"]
    for name, value in bound.rest.items():
        call.set_item(first, Constant(name), value)
    return ChainMap([first, *chain.maps])


def _iterate_chain(call: Call, chain: ChainMap) -> Value:
    joined = _joined(call, chain)
    return Iterator_(iter([key for key, _ in joined.entries.values()]), list(joined.losses))


def _length_of_chain(call: Call, chain: ChainMap) -> Value:
    return call.invoke(External("builtins.len"), _joined(call, chain))


def _merged_chain(call: Call, chain: ChainMap) -> Value:
    first = Mapping()
    merge(call.machine, first, chain.maps[0], call.site)
    merge(call.machine, first, _KEY.bind(call)["key"], call.site)
    return ChainMap([first, *chain.maps[1:]])


_READING: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "__contains__": _contains,
    "get": _get,
    "items": _items,
    "keys": _keys,
    "values": _values,
}
_CHANGING: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pop": _pop,
    "setdefault": _set_default,
    "update": _update,
}
_LIST_METHODS: Final = (
    *("append", "clear", "count", "extend", "index", "insert", "pop", "remove", "reverse", "sort"),
)

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **{
        f"{cls}.{name}": row
        for cls in ("collections.abc.Mapping", "collections.abc.MutableMapping")
        for name, row in _READING.items()
    },
    **{f"collections.abc.MutableMapping.{name}": row for name, row in _CHANGING.items()},
    **{f"collections.UserDict.{name}": row for name, row in {**_READING, **_CHANGING}.items()},
    "collections.UserDict.__construct__": _construct_user,
    "collections.UserDict.__contains__": _in_data,
    "collections.UserDict.__delitem__": _delete_in_data,
    "collections.UserDict.__getitem__": _item_of_data,
    "collections.UserDict.__init__": _start_dict,
    "collections.UserDict.__iter__": _iterate_data,
    "collections.UserDict.__len__": _of_data("builtins.len"),
    "collections.UserDict.__repr__": _of_data("builtins.repr"),
    "collections.UserDict.__setitem__": _set_in_data,
    **{f"collections.UserList.{name}": _method_of_data for name in _LIST_METHODS},
    "collections.UserList.__construct__": _construct_user,
    "collections.UserList.__contains__": _in_data,
    "collections.UserList.__add__": _of_data("operator.add"),
    "collections.UserList.__delitem__": _delete_in_data,
    "collections.UserList.__eq__": _of_data("operator.eq"),
    "collections.UserList.__getitem__": _item_of_data,
    "collections.UserList.__init__": _start_list,
    "collections.UserList.__iter__": _iterate_data,
    "collections.UserList.__len__": _of_data("builtins.len"),
    "collections.UserList.__repr__": _of_data("builtins.repr"),
    "collections.UserList.__setitem__": _set_in_data,
    "collections.ChainMap": _chain_map,
    **{f"collections.ChainMap.{name}": row for name, row in {**_READING, **_CHANGING}.items()},
    "collections.ChainMap.__getitem__": method(ChainMap, _item_of_chain),
    "collections.ChainMap.__iter__": method(ChainMap, _iterate_chain),
    "collections.ChainMap.__len__": method(ChainMap, _length_of_chain),
    "collections.ChainMap.__or__": method(ChainMap, _merged_chain),
    "collections.ChainMap.__setitem__": method(ChainMap, _set_in_chain),
    "collections.ChainMap.new_child": method(ChainMap, _child),
}
