"""The configuration that an op or resource accepts: the schema of a value, or of a class of
`Config`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.instances import UNIONS
from assetgen.analyzer.evaluate.objects.weight import is_heavy
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Parameterised,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.evaluate.values import Mapping as MappingValue
from assetgen.analyzer.intrinsics.dagster.expected.checked_calls import CLASSES
from assetgen.analyzer.intrinsics.dagster.plain import shown
from assetgen.analyzer.intrinsics.python.classes.fields import ClassField
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """ "Int", "Float", "String" or "Bool"; if it may come from the environment, `{"env": NAME}`,
    too."""

    name: str
    from_environment: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of `inner`."""

    inner: Schema | None


@dataclass(frozen=True, slots=True)
class Maybe:
    """`inner`, or None."""

    inner: Schema | None


@dataclass(frozen=True, slots=True)
class Options:
    """One of some names."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of a shape."""

    schema: Schema | None
    is_required: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """A dictionary with these entries; with others too if it `is_open`."""

    entries: Mapping[str, Entry]
    is_open: bool = False


Schema = Scalar | Listed | Maybe | Options | Shape
"""The schema of a part of configuration; None if it is not known, which accepts anything."""


def is_required(schema: Schema | None) -> bool:
    """Whether something must be given for it, as far as that is known."""
    if isinstance(schema, Shape):
        return any(entry.is_required for entry in schema.entries.values())
    return isinstance(schema, (Scalar, Listed, Options))


# -- of a value given as `config_schema`


class Unresolvable(Exception):
    """A value of which no schema can be made; the text says why."""


def schema_of(value: Value) -> Schema | None:
    """The schema that Dagster makes of a value. Raises `Unresolvable` if it cannot make one."""
    if is_heavy(value):
        return None
    read = next((found for kind in type(value).__mro__ if (found := _BY_KIND.get(kind))), None)
    if read is not None:
        return read(value)
    if _is_other(value):
        raise Unresolvable(f"{shown(value)} is not a configuration type")
    return None


def _of_list(value: Sequence) -> Schema:
    if value.kind != "list":
        raise Unresolvable(f"a {value.kind} is not a configuration type")
    if len(value.items) != 1 and not value.losses:
        raise Unresolvable("a list of types holds one")
    if not value.items or value.items[0] == NONE:
        return Listed(None)
    return Listed(schema_of(value.items[0]))


def _of_generic(value: Parameterised) -> None:
    if value.qualname in UNIONS:
        raise Unresolvable("a union is not a configuration type: use Noneable, or a Field")
    if value.qualname.startswith(("builtins.", "typing.")):
        raise Unresolvable(f"{shown(value)} is not a configuration type: use [...] or a Map")


def _of_constant(value: Constant) -> Schema:
    raise Unresolvable(f"{shown(value)} is not a configuration type")


def _of_class(value: Class) -> None:
    if set(classes.known_bases(value)) <= {"builtins.object"}:
        raise Unresolvable(f"the class {value.name} is not a configuration type")


def _of_record(value: Record) -> Schema | None:
    if _is_other(value):
        raise Unresolvable(f"{shown(value)} is not a configuration type")
    make = _MADE_BY.get(value.qualname.removeprefix("dagster."))
    return make(value) if make is not None and not value.losses else None


def _is_other(value: Value) -> bool:
    """Whether a value is certainly not a type: an asset, a function."""
    if isinstance(value, Record):
        return value.qualname in CLASSES and value.qualname != "dagster.Field"
    if isinstance(value, Function):
        return value.decorated is None
    return isinstance(value, Declared) and value.type_name.startswith("dagster.")


def entry_of(value: Value) -> Entry:
    """A field of a shape: a `Field`, or a type alone. Raises `Unresolvable`."""
    if not isinstance(value, Record) or value.qualname != "dagster.Field":
        schema = schema_of(value)
        return Entry(schema, is_required(schema))
    given = _argument(value, 0, "config")
    try:
        schema = schema_of(given) if given is not None else None
    except Unresolvable:
        schema = None  # told of where the field is made
    flag = _argument(value, 2, "is_required")
    has_default = _argument(value, 1, "default_value") is not None
    if isinstance(flag, Constant) and flag.value is not None:
        return Entry(schema, flag.value is True)
    return Entry(schema, flag is None and not has_default and is_required(schema))


def default_of(value: Value) -> Value | None:
    """The default of a `Field`, if it has one."""
    if isinstance(value, Record) and value.qualname == "dagster.Field":
        return _argument(value, 1, "default_value")
    return None


def _argument(record: Record, position: int, name: str) -> Value | None:
    given = record.fields.get(name)
    if given is None and position < len(record.args):
        given = record.args[position]
    return given


def _shape(value: Value | None, *, is_open: bool) -> Shape | None:
    if value is None:
        return Shape({}, is_open)
    if not isinstance(value, MappingValue) or value.losses:
        return None
    for key, _ in value.entries.values():
        if isinstance(key, Constant) and not isinstance(key.value, str):
            raise Unresolvable(f"{shown(key)} is not a valid field name")
        if not isinstance(key, Constant):
            return None  # a type alone makes it a map
    return Shape({name: entry_of(item) for name, item in value.text_entries()}, is_open)


def _of_name(value: External) -> Schema | None:
    name = _NAMES.get(value.qualname)
    if name is None and value.qualname in _NO_TYPES:
        short = value.qualname.removeprefix("builtins.")
        raise Unresolvable(f"{short} is not a configuration type")
    return name


_NAMES: Mapping[str, Schema] = {
    "builtins.int": Scalar("Int"),
    "builtins.float": Scalar("Float"),
    "builtins.str": Scalar("String"),
    "builtins.bool": Scalar("Bool"),
    "builtins.list": Listed(None),
    "builtins.dict": Shape({}, is_open=True),
    "dagster.Int": Scalar("Int"),
    "dagster.Float": Scalar("Float"),
    "dagster.String": Scalar("String"),
    "dagster.Bool": Scalar("Bool"),
    "dagster.StringSource": Scalar("String", from_environment=True),
    "dagster.IntSource": Scalar("Int", from_environment=True),
    "dagster.BoolSource": Scalar("Bool", from_environment=True),
}
_NO_TYPES = frozenset(
    (
        *("builtins.set", "builtins.tuple", "builtins.object", "builtins.bytes"),
        *("datetime.date", "datetime.datetime", "datetime.timedelta", "pathlib.Path"),
        *("typing.List", "typing.Dict", "typing.Any", "decimal.Decimal"),
    )
)


def _array(record: Record) -> Schema | None:
    given = _argument(record, 0, "inner_type")
    return Listed(schema_of(given)) if given is not None else None


def _noneable(record: Record) -> Schema | None:
    given = _argument(record, 0, "inner_type")
    return Maybe(schema_of(given)) if given is not None else None


def _enumeration(record: Record) -> Schema | None:
    given = _argument(record, 1, "enum_values")
    names = []
    for item in given.items if isinstance(given, Sequence) and not given.losses else ():
        value = _argument(item, 0, "config_value") if isinstance(item, Record) else None
        if not isinstance(value, Constant):
            return None
        names.append(str(value.value))
    return Options(tuple(names)) if names else None


_MADE_BY: Mapping[str, Callable[[Record], Schema | None]] = {
    "Array": _array,
    "Noneable": _noneable,
    "Enum": _enumeration,
    "Shape": lambda record: _shape(_argument(record, 0, "fields"), is_open=False),
    "Permissive": lambda record: _shape(_argument(record, 0, "fields"), is_open=True),
}
_BY_KIND: Mapping[type[Value], Callable[[Any], Schema | None]] = {
    MappingValue: lambda value: _shape(value, is_open=False),
    Sequence: _of_list,
    Parameterised: _of_generic,
    External: _of_name,
    Constant: _of_constant,
    Class: _of_class,
    Record: _of_record,
}


# -- of a class


def schema_of_class(machine: Machine, value: Value | None) -> Schema | None:
    """The schema of a class of `Config` of the project's."""
    if not isinstance(value, Class):
        return None
    bases = set(classes.known_bases(value))
    if not bases & _CONFIGS or not bases <= _CONFIGS | _PLAIN:
        return None
    # All that is known of models comes with it, which most schemas do not need.
    from assetgen.analyzer.intrinsics.python.pydantic.pydantic_models import model_fields

    entries = {}
    for name, item in model_fields(value).items():
        if not _ALIASES.isdisjoint(item.spec.options):
            return None
        entries[name] = _entry_of_field(machine, item)
    return Shape(entries, is_open="dagster.PermissiveConfig" in bases)


_CONFIGS = frozenset(("dagster.Config", "dagster.PermissiveConfig"))
_PLAIN = frozenset(("builtins.object", "abc.ABC", "typing.Generic", "pydantic.BaseModel"))
_ALIASES = frozenset(("alias", "validation_alias", "discriminator"))


def _entry_of_field(machine: Machine, item: ClassField) -> Entry:
    node = item.annotation
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return Entry(None, is_required=False)
    owner = item.owner
    frame = Frame(owner.module, Scope("class", owner.namespace, owner.scope))
    schema = _of_annotation(machine, node, frame)
    required = item.is_required and isinstance(schema, (Scalar, Listed, Shape))
    return Entry(schema, required and (not isinstance(schema, Shape) or is_required(schema)))


def _of_annotation(machine: Machine, node: ast.expr, frame: Frame) -> Schema | None:
    if isinstance(node, ast.Subscript):
        name = ast.unparse(node.value).rpartition(".")[2]
        if name in ("List", "list"):
            return Listed(_of_annotation(machine, node.slice, frame))
        return None
    if not isinstance(node, (ast.Name, ast.Attribute)):
        return None
    try:
        value = machine.evaluate(node, frame)
    except Raised:
        return None
    if isinstance(value, External):
        found = _NAMES.get(value.qualname)
        if isinstance(found, Scalar):
            return Scalar(found.name, from_environment=True)
        return found if isinstance(found, Listed) else None
    return schema_of_class(machine, value)
