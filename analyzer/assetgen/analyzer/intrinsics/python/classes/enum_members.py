"""The members of an enumeration, and combinations of flags."""

from __future__ import annotations

import ast
from typing import Final

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.classes import doubt_of_member
from assetgen.analyzer.evaluate.objects.doubts import doubt
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    External,
    Instance,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.plain import lost


def members_of(value: Value | None) -> list[Instance]:
    """The members of an enumeration in order, without aliases."""
    if not isinstance(value, Class):
        return []
    found: dict[int, Instance] = {}
    for base in reversed(value.mro):
        if isinstance(base, Class):
            for item in base.namespace.values():
                if isinstance(item, Instance) and "_value_" in item.attributes and item.cls is base:
                    found.setdefault(id(item), item)
    return list(found.values())


def doubts_of_members(members: list[Instance], items: list[Value]) -> list[Unknown]:
    """The losses of a collection with one item for each of the members, some of which may only
    exist under an unknown condition."""
    losses: list[Unknown] = []
    for member, item in zip(members, items, strict=True):
        name = member.attributes["_name_"]
        condition = doubt_of_member(member.cls, str(getattr(name, "value", "")))
        if condition is not None:
            losses.append(doubt(condition, [[item], []]))
    return losses


def canonical(value: Value | None) -> list[Instance]:
    """The members that iteration yields: for flags, the single-bit ones."""
    members = members_of(value)
    if not isinstance(value, Class) or not is_flag(value):
        return members
    return [member for member in members if _is_one_bit(member.attributes["_value_"])]


def _is_one_bit(value: Value) -> bool:
    data = value.value if isinstance(value, Constant) else None
    return not isinstance(data, int) or (data > 0 and data & (data - 1) == 0)


FLAGS: Final = frozenset({"enum.Flag", "enum.IntFlag"})


def is_flag(cls: Class) -> bool:
    """Whether an enumeration is one of flags."""
    return any(isinstance(base, External) and base.qualname in FLAGS for base in cls.mro)


def flags_in(flag: Instance) -> list[Value] | None:
    """The single-bit members that a flag contains, in their order; None if that is not known."""
    held = flag.attributes.get("_value_")
    if not isinstance(held, Constant) or not isinstance(held.value, int):
        return None
    found: list[tuple[int, Value]] = []
    for member in canonical(flag.cls):
        own = member.attributes["_value_"]
        if not isinstance(own, Constant) or not isinstance(own.value, int):
            return None
        if own.value & held.value:
            found.append((own.value, member))
    return [member for _, member in sorted(found, key=lambda pair: pair[0])]


def combined(call: Call, operation: type[ast.operator]) -> Value:
    """Flags combined by `|`, `&`, `^`: the member with the resulting value."""
    left, right = call.receiver, call.first
    if not isinstance(left, Instance):
        return lost(call, right)
    if isinstance(right, Instance) and "_value_" in right.attributes:
        right = right.attributes["_value_"]
    elif not isinstance(right, Constant) or External("enum.IntFlag") not in left.cls.mro:
        return lost(call, right)
    values = (left.attributes["_value_"], right)
    value = call.machine.binary(operation, *values, call.site)
    for member in members_of(left.cls):
        if call.machine.equal(member.attributes["_value_"], value):
            return member
    return composite(left.cls, value)


def composite(cls: Class, value: Value) -> Instance:
    """A flag of several bits without a name of its own: it is named after its members."""
    name = _names_of_bits(cls, value)
    return Instance(cls, {"_value_": value, "value": value, "_name_": name, "name": name})


def _names_of_bits(cls: Class, value: Value) -> Value:
    left = value.value if isinstance(value, Constant) else None
    names: list[str] = []
    if not isinstance(left, int) or left <= 0:
        return NONE
    for member in members_of(cls):
        held, name = (member.attributes.get(key) for key in ("_value_", "_name_"))
        bit = held.value if isinstance(held, Constant) else None
        is_single = isinstance(bit, int) and bit > 0 and bit & (bit - 1) == 0
        if isinstance(bit, int) and is_single and left & bit and isinstance(name, Constant):
            left &= ~bit
            names.append(str(name.value))
    return Constant("|".join(names)) if not left else NONE


def all_bits(cls: Class) -> int:
    """The bits of all members of a flag."""
    values = [member.attributes["_value_"] for member in members_of(cls)]
    bits = [each.value for each in values if isinstance(each, Constant)]
    whole = 0
    for each in bits:
        whole |= each if isinstance(each, int) else 0
    return whole


def inverted(call: Call) -> Value:
    """`~flag`: all other bits of its class."""
    flag = call.receiver
    value = flag.attributes.get("_value_") if isinstance(flag, Instance) else None
    known = [member.attributes["_value_"] for member in members_of(getattr(flag, "cls", None))]
    bits = [each.value for each in (*known, value) if isinstance(each, Constant)]
    is_known = isinstance(value, Constant) and all(isinstance(each, int) for each in bits)
    if not isinstance(flag, Instance) or not is_known:
        return lost(call, flag or NONE)
    whole = 0
    for each in bits[:-1]:
        whole |= int(each)  # type: ignore[call-overload]
    other = Instance(flag.cls, {"_value_": Constant(whole & ~int(bits[-1]))})  # type: ignore[call-overload]
    return combined(Call(call.machine, call.name, (other,), {}, call.site, other), ast.BitAnd)
