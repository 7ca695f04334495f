"""The module `enum`: names and values of members, aliases, lookup, iteration."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Descriptor
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.objects.doubted_names import BESIDE, NameDoubts, doubts_in
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.classes.class_making import make_class
from assetgen.analyzer.intrinsics.python.classes.enum_collections import row
from assetgen.analyzer.intrinsics.python.classes.enum_members import (
    FLAGS,
    all_bits,
    combined,
    composite,
    inverted,
    is_flag,
    members_of,
)
from assetgen.analyzer.intrinsics.python.plain import lost, nothing, same
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
    doubts = doubts_in(cls.namespace)
    for name, value in list(cls.namespace.items()):
        if not _is_member(name, value, cls):
            continue
        given = value
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
        cls.namespace[name] = member = _member(call, cls, name, value, members)
        condition = doubts.of(name, given)
        if condition is not None:
            doubts = NameDoubts({**doubts.by_name, name: (member, condition)})
            cls.namespace[BESIDE] = doubts
    return NONE


def _join(operation: type[ast.operator]) -> Intrinsic:
    """`READ | WRITE` in the body of the class, while both are still `auto()`."""

    def intrinsic(call: Call) -> Value:
        return Auto(operation, (call.receiver or NONE, *call.args))

    return intrinsic


def _joined(call: Call, value: Value, known: dict[int, Value]) -> Value:
    if isinstance(value, Auto) and value.operation is not None:
        left, right = (_joined(call, each, known) for each in value.operands)
        return call.binary(value.operation, left, right)
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
            return call.invoke(function, *arguments, Sequence("list", list(values)))
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
        made = call.invoke(maker, cls, *arguments)
        if isinstance(made, Instance):
            made.attributes.setdefault("_value_", value)
            made.attributes["_name_"] = Constant(name)
            member = made
    for other in members:
        if call.machine.equal(other.attributes["_value_"], member.attributes["_value_"]):
            return other
    initialiser = _user_method(cls, "__init__")
    if initialiser is not None:
        call.invoke(initialiser, member, *arguments)
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
        found = call.invoke(missing, cls, wanted)
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
        items = call.items(names)
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


def _converted(call: Call) -> Value:
    """`IntEnum._convert_(name, module, ...)` converts names of the module to members."""
    call.site.module.stars.append("builtins.exec")
    return lost(call, *call.losses)


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
    **row("__construct__", _construct),
    **row("__called__", _construct),
    **row("__created__", _created),
    **row("_convert_", _converted),
    **row("_convert", _converted),
    **row("__init_subclass__", nothing),
    **row("__repr__", _representation),
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
