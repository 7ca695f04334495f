"""Enumerations as collections of their members."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.namespaces import doubts_of_names
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    Instance,
    Iterator_,
    Mapping,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.python.classes.enum_members import (
    canonical,
    doubts_of_members,
    flags_in,
    is_flag,
    members_of,
)
from assetgen.analyzer.intrinsics.python.plain import lost, member_value, plain


def _iterate(call: Call) -> Value:
    if isinstance(call.receiver, Instance):
        if is_flag(call.receiver.cls):
            flags = flags_in(call.receiver)
            return lost(call) if flags is None else Iterator_(iter(flags))
        text = member_value(call.receiver)
        if text is not None:
            return Iterator_(call.iterate(text))
    members = canonical(call.receiver)
    return Iterator_(iter(members), doubts_of_members(members, [*members]))


def _length(call: Call) -> Value:
    if isinstance(call.receiver, Instance):
        if is_flag(call.receiver.cls):
            flags = flags_in(call.receiver)
            return lost(call) if flags is None else Constant(len(flags))
        text = plain(call, call.receiver)
        return Constant(len(text)) if isinstance(text, str) else lost(call, call.receiver)
    members = canonical(call.receiver)
    doubts = doubts_of_members(members, [*members])
    return lost(call, *doubts) if doubts else Constant(len(members))


def _by_name(call: Call) -> Value:
    key = call.first
    if not isinstance(key, Constant):
        return lost(call, key)
    found = call.find_attribute(call.receiver or NONE, str(key.value))
    if isinstance(found, Instance) and "_value_" in found.attributes:
        return found
    raise Raised("builtins.KeyError", repr(key.value))


def _contains(call: Call) -> Value:
    wanted = call.first
    if isinstance(call.receiver, Instance) and isinstance(wanted, Instance):
        held = (call.receiver.attributes.get("_value_"), wanted.attributes.get("_value_"))
        numbers = [each.value for each in held if isinstance(each, Constant)]
        if len(numbers) == 2 and all(isinstance(number, int) for number in numbers):
            return Constant(numbers[0] & numbers[1] == numbers[1])  # type: ignore[operator]
    if isinstance(wanted, Instance):
        return Constant(isinstance(call.receiver, Class) and call.receiver in wanted.cls.mro)
    members = members_of(call.receiver)  # whose values count since Python 3.12
    answers = [call.machine.equal(m.attributes["_value_"], wanted) for m in members]
    return (
        lost(call, wanted) if True not in answers and None in answers else Constant(True in answers)
    )


def _members(call: Call) -> Value:
    mapping = Mapping()
    if isinstance(call.receiver, Class):
        for name, item in call.receiver.namespace.items():
            if isinstance(item, Instance) and "_value_" in item.attributes:
                key = Constant(name)
                mapping.entries[call.machine.hash_key(key)] = (key, item)
        mapping.losses.extend(doubts_of_names(call.receiver.namespace))
    return mapping


def _members_by_value(call: Call) -> Value:
    mapping = Mapping()
    for member in members_of(call.receiver):
        key = member.attributes["_value_"]
        hashed = call.machine.hash_key(key)
        if hashed is not None:
            mapping.entries[hashed] = (key, member)
    return mapping


def _member_names(call: Call) -> Value:
    members = members_of(call.receiver)
    names = [member.attributes["_name_"] for member in members]
    return Sequence("list", names, doubts_of_members(members, names))


def row(name: str, function: Intrinsic) -> dict[str, Intrinsic]:
    """The same row for each class that projects derive from."""
    return {f"{base}.{name}": function for base in _BASES}


_BASES: Final = (
    "enum.Enum",
    "enum.IntEnum",
    "enum.StrEnum",
    "enum.Flag",
    "enum.IntFlag",
    "strenum.StrEnum",
)

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    **row("__class_getitem__", _by_name),
    **row("__contains__", _contains),
    **row("__iter__", _iterate),
    **row("__len__", _length),
    **row("__members__", _members),
    **row("_member_map_", _members),
    **row("_member_names_", _member_names),
    **row("_value2member_map_", _members_by_value),
}

PROPERTIES: Final = frozenset(
    f"{base}.{name}"
    for base in _BASES
    for name in ("__members__", "_member_map_", "_member_names_", "_value2member_map_")
)
