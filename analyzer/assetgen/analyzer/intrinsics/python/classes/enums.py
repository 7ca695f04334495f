"""The module `enum`: names and values of members, aliases, lookup, iteration."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Descriptor
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.classes.class_making import make_class
from assetgen.analyzer.intrinsics.python.classes.enum_members import (
    FLAGS,
    all_bits,
    canonical,
    combined,
    composite,
    flags_in,
    inverted,
    is_flag,
    members_of,
)
from assetgen.analyzer.intrinsics.python.plain import lost, member_value, nothing, plain, same
from assetgen.analyzer.model.dataclass import dataclass

_BY_VALUE: Final = Parameters("value, /")
_FUNCTIONAL: Final = Parameters(
    "value, names, *, module=None, qualname=None, type=None, start=1, boundary=None"
)
_TEXT: Final = frozenset({"enum.StrEnum"})


@dataclass(slots=True, eq=False)
class Auto(Declared):
    """`auto()`, until the class is created; or several combined by an operator of flags."""

    type_name: ClassVar[str] = "enum.auto"
    operation: type[ast.operator] | None = None
    operands: tuple[Value, ...] = ()


def _auto(call: Call) -> Value:
    return Auto()


def _created(call: Call) -> Value:
    """Creates members from the assignments in the body of a class, in order; equal values become
    aliases."""
    cls = call.receiver
    if not isinstance(cls, Class):
        return NONE
    members: list[Instance] = []
    known: dict[int, Value] = {}
    for name, value in list(cls.namespace.items()):
        if not _is_member(name, value, cls):
            continue
        if isinstance(value, Auto) and value.operation is not None:
            value = _joined(call, value, known)
        elif isinstance(value, Auto):
            written, value = value, _next_value(call, cls, name, members)
            known[id(written)] = value
        elif isinstance(value, Sequence) and any(isinstance(item, Auto) for item in value.items):
            value = Sequence(
                value.kind,
                [
                    _next_value(call, cls, name, members) if isinstance(item, Auto) else item
                    for item in value.items
                ],
                value.losses,
            )
        cls.namespace[name] = _member(call, cls, name, value, members)
    return NONE


def _join(operation: type[ast.operator]) -> Intrinsic:
    """`READ | WRITE` in the body of the class, while both are still `auto()`."""

    def intrinsic(call: Call) -> Value:
        return Auto(operation, (call.receiver or NONE, *call.args))

    return intrinsic


def _joined(call: Call, value: Value, known: dict[int, Value]) -> Value:
    if isinstance(value, Auto) and value.operation is not None:
        left, right = (_joined(call, each, known) for each in value.operands)
        return call.machine.binary(value.operation, left, right, call.site)
    return known.get(id(value), value)


def _is_member(name: str, value: Value, cls: Class) -> bool:
    if name.startswith("__") or (name.startswith("_") and name.endswith("_")):
        return False
    if name.startswith("_" + cls.name + "__") or name == "_ignore_":
        return False
    return not isinstance(value, (Function, Descriptor, Class, BoundMethod))


def _next_value(call: Call, cls: Class, name: str, members: list[Instance]) -> Value:
    """The value of `auto()`: by the class's own rule, the lower-case name, the next bit, or the
    next number."""
    values = [member.attributes["_value_"] for member in members]
    for base in cls.mro:
        if isinstance(base, Class) and "_generate_next_value_" in base.namespace:
            rule = base.namespace["_generate_next_value_"]
            function = rule.function if isinstance(rule, Descriptor) else rule
            arguments = [Constant(name), Constant(1), Constant(len(values))]
            return call.machine.call(
                function, [*arguments, Sequence("list", list(values))], {}, call.site
            )
    kinds = {base.qualname for base in cls.mro if isinstance(base, External)}
    if kinds & _TEXT:
        return Constant(name.lower())
    numbers = [
        value.value
        for value in values
        if isinstance(value, Constant) and isinstance(value.value, int)
    ]
    if len(numbers) != len(values):
        unknown = next((value for value in values if isinstance(value, Unknown)), NONE)
        return Constant(numbers[-1] + 1) if numbers else lost(call, unknown)
    highest = max(numbers, default=0)
    return Constant(1 << highest.bit_length() if kinds & FLAGS else highest + 1)


def _member(call: Call, cls: Class, name: str, value: Value, members: list[Instance]) -> Instance:
    member = Instance(cls, {"_name_": Constant(name), "_value_": value}, (value,), {}, call.site)
    is_tuple = isinstance(value, Sequence) and value.kind == "tuple"
    arguments = tuple(value.items) if isinstance(value, Sequence) and is_tuple else (value,)
    maker = _user_method(cls, "__new__")
    if maker is not None:
        made = call.machine.call(maker, [cls, *arguments], {}, call.site)
        if isinstance(made, Instance):
            made.attributes.setdefault("_value_", value)
            made.attributes["_name_"] = Constant(name)
            member = made
    for other in members:
        if call.machine.equal(other.attributes["_value_"], member.attributes["_value_"]):
            return other
    initialiser = _user_method(cls, "__init__")
    if initialiser is not None:
        call.machine.call(initialiser, [member, *arguments], {}, call.site)
    member.attributes.setdefault("name", member.attributes["_name_"])
    member.attributes.setdefault("value", member.attributes["_value_"])
    members.append(member)
    return member


def _user_method(cls: Class, name: str) -> Value | None:
    for base in cls.mro:
        if isinstance(base, Class) and name in base.namespace:
            found = base.namespace[name]
            return found.function if isinstance(found, Descriptor) else found
    return None


def _construct(call: Call) -> Value:
    """`Colour("red")`: the member with that value."""
    cls = call.receiver
    members = members_of(cls)
    if len(call.args) > 1 and isinstance(cls, Class) and not members:
        return _functional(call, cls)
    wanted = _BY_VALUE.bind(call)["value"]
    if isinstance(wanted, Instance) and wanted.cls is cls:
        return wanted
    unsure = False
    for member in members:
        same_value = call.machine.equal(member.attributes["_value_"], wanted)
        if same_value:
            return member
        unsure = unsure or same_value is None
    if unsure:
        return lost(call, wanted)
    missing = _user_method(cls, "_missing_") if isinstance(cls, Class) else None
    if missing is not None and isinstance(cls, Class):
        found = call.machine.call(missing, [cls, wanted], {}, call.site)
        if found != NONE:
            return found
    if isinstance(cls, Class) and is_flag(cls):
        bits = wanted.value if isinstance(wanted, Constant) else None
        if isinstance(bits, int) and 0 <= bits == bits & all_bits(cls):
            return composite(cls, wanted)
        return lost(call, wanted)
    name = cls.name if isinstance(cls, Class) else "the enumeration"
    raise Raised("builtins.ValueError", f"{display(wanted)} is not a valid {name}")


def _make(call: Call) -> Value:
    """`Enum("Colour", "RED GREEN")`."""
    return _functional(call, External(call.name))


def _functional(call: Call, base: Value) -> Value:
    bound = _FUNCTIONAL.bind(call)
    name, names = bound.plain("value"), bound["names"]
    if not isinstance(name, str):
        return lost(call, bound["value"])
    start = bound["start"]
    namespace: dict[str, Value] = {}
    if isinstance(names, Constant) and isinstance(names.value, str):
        parts = names.value.replace(",", " ").split()
        namespace = {part: _numbered(call, number, start) for number, part in enumerate(parts)}
    elif isinstance(names, Mapping) and not names.losses:
        namespace = dict(names.text_entries())
    else:
        items = call.machine.items(names, call.site)
        if items.losses:
            return lost(call, *items.losses)
        for number, item in enumerate(items.values):
            pair = item.items if isinstance(item, Sequence) and len(item.items) == 2 else [item]
            if not isinstance(pair[0], Constant):
                return lost(call, *pair)
            value = pair[1] if len(pair) == 2 else _numbered(call, number, start)
            namespace[str(pair[0].value)] = value
    bases = (base,) if bound["type"] == NONE else (bound["type"], base)
    return make_class(call, name, bases, namespace)


def _numbered(call: Call, number: int, start: Value) -> Value:
    """The value of a member that is given without one."""
    if start == Constant(1):
        return Auto()
    first = start.value if isinstance(start, Constant) else None
    return Constant(first + number) if isinstance(first, int) else lost(call, start)


def _iterate(call: Call) -> Value:
    if isinstance(call.receiver, Instance):
        if is_flag(call.receiver.cls):
            flags = flags_in(call.receiver)
            return lost(call) if flags is None else Iterator_(iter(flags))
        text = member_value(call.receiver)
        if text is not None:
            return Iterator_(call.machine.iterate(text, call.site))
    return Iterator_(iter(canonical(call.receiver)))


def _length(call: Call) -> Value:
    if isinstance(call.receiver, Instance):
        if is_flag(call.receiver.cls):
            flags = flags_in(call.receiver)
            return lost(call) if flags is None else Constant(len(flags))
        text = plain(call, call.receiver)
        return Constant(len(text)) if isinstance(text, str) else lost(call, call.receiver)
    return Constant(len(canonical(call.receiver)))


def _by_name(call: Call) -> Value:
    key = call.args[0] if call.args else NONE
    if not isinstance(key, Constant):
        return lost(call, key)
    found = call.machine.find_attribute(call.receiver or NONE, str(key.value), call.site)
    if isinstance(found, Instance) and "_value_" in found.attributes:
        return found
    raise Raised("builtins.KeyError", repr(key.value))


def _contains(call: Call) -> Value:
    wanted = call.args[0] if call.args else NONE
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
    return mapping


def _converted(call: Call) -> Value:
    """`IntEnum._convert_(name, module, ...)` converts names of the module to members."""
    call.site.module.stars.append("builtins.exec")
    return lost(call, *call.losses)


def _members_by_value(call: Call) -> Value:
    mapping = Mapping()
    for member in members_of(call.receiver):
        key = member.attributes["_value_"]
        hashed = call.machine.hash_key(key)
        if hashed is not None:
            mapping.entries[hashed] = (key, member)
    return mapping


def _member_names(call: Call) -> Value:
    names = [member.attributes["_name_"] for member in members_of(call.receiver)]
    return Sequence("list", names)


def _text(call: Call) -> Value:
    """`str(member)`: the value for `StrEnum` and similar classes, else `Class.NAME`."""
    member = call.receiver or (call.args[0] if call.args else None)
    if not isinstance(member, Instance):
        return lost(call)
    name = member.attributes.get("_name_", NONE)
    if not isinstance(name, Constant) or name == NONE:
        return lost(call, name)
    return Constant(f"{member.cls.name}.{name.value}")


def _representation(call: Call) -> Value:
    member = call.receiver
    if not isinstance(member, Instance):
        return lost(call)
    name, value = (member.attributes.get(key, NONE) for key in ("_name_", "_value_"))
    if not isinstance(name, Constant) or not isinstance(value, Constant):
        return lost(call, name, value)
    named = member.cls.name if name == NONE else f"{member.cls.name}.{name.value}"
    return Constant(f"<{named}: {value.value!r}>")


def _row(name: str, function: Intrinsic) -> dict[str, Intrinsic]:
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
    "enum.Enum": _make,
    "enum.IntEnum": _make,
    "enum.StrEnum": _make,
    "enum.auto": _auto,
    "enum.auto.__and__": _join(ast.BitAnd),
    "enum.auto.__or__": _join(ast.BitOr),
    "enum.member": same,
    "enum.nonmember": same,
    "enum.unique": same,
    "enum.verify": lambda call: External("enum.unique"),
    **_row("__class_getitem__", _by_name),
    **_row("__construct__", _construct),
    **_row("__called__", _construct),
    **_row("__contains__", _contains),
    **_row("__created__", _created),
    **_row("_convert_", _converted),
    **_row("_convert", _converted),
    **_row("__init_subclass__", nothing),
    **_row("__iter__", _iterate),
    **_row("__len__", _length),
    **_row("__members__", _members),
    **_row("_member_map_", _members),
    **_row("_member_names_", _member_names),
    **_row("_value2member_map_", _members_by_value),
    **_row("__repr__", _representation),
    "enum.Enum.__str__": _text,
    "enum.Flag.__str__": _text,
    "enum.Flag.__and__": lambda call: combined(call, ast.BitAnd),
    "enum.Flag.__invert__": inverted,
    "enum.Flag.__or__": lambda call: combined(call, ast.BitOr),
    "enum.Flag.__xor__": lambda call: combined(call, ast.BitXor),
    "enum.IntFlag.__and__": lambda call: combined(call, ast.BitAnd),
    "enum.IntFlag.__or__": lambda call: combined(call, ast.BitOr),
    "enum.IntFlag.__xor__": lambda call: combined(call, ast.BitXor),
}

PROPERTIES: Final = frozenset(
    f"{base}.{name}"
    for base in _BASES
    for name in ("__members__", "_member_map_", "_member_names_", "_value2member_map_")
)
