"""Functions on objects of data classes: conversion to dictionaries, modified copies, their
fields."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.expressions.annotations import are_text
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.weight import is_heavy
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Constant,
    External,
    Instance,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.classes.class_making import make_class
from assetgen.analyzer.intrinsics.python.classes.data_classes import (
    all_fields,
    by_position,
    field_values,
    is_base,
    is_data_class,
    is_marker,
    parameter_of,
)
from assetgen.analyzer.intrinsics.python.classes.fields import (
    ClassField,
    FieldSpec,
    as_mapping,
    with_changes,
)
from assetgen.analyzer.intrinsics.python.collections.copying import deep
from assetgen.analyzer.intrinsics.python.plain import lost

_REPLACE: Final = Parameters("obj, /, **changes")
_AS_DICT: Final = Parameters("obj, *, dict_factory=None, filter=None, recurse=True, **options")
_ONE: Final = Parameters("obj, /")
_MAKE: Final = Parameters("cls_name, fields, *, bases=(), namespace=None, **options")


def _replace(call: Call) -> Value:
    bound = _REPLACE.bind(call)
    instance = bound["obj"]
    if isinstance(instance, Record) and not instance.args:
        fields = {**instance.fields, **bound.rest}
        return Record(instance.qualname, fields, (), call.site, instance.losses)
    if not isinstance(instance, Instance):
        return lost(call, instance)
    if not is_data_class(instance.cls) and not any(
        is_base(base) for base in instance.cls.mro if isinstance(base, Class)
    ):
        return with_changes(call, instance, bound.rest)
    arguments: dict[str, Value] = {}
    for name, item in all_fields(instance.cls).items():
        if item.spec.flag("init", True) and name in instance.attributes:
            arguments[parameter_of(instance.cls, name)] = instance.attributes[name]
    arguments.update(bound.rest)
    made = call.machine.call(instance.cls, [], arguments, call.site, call.losses)
    if isinstance(made, Instance):
        made.site = call.site
    return made


def _as_dict(call: Call) -> Value:
    bound = _AS_DICT.bind(call)
    instance = bound["obj"]
    if not isinstance(instance, Instance) or "filter" in bound or is_heavy(instance):
        return lost(call, instance)
    factory = bound["dict_factory"]
    if factory in (NONE, External("builtins.dict")):
        return _converted(call, instance, lambda names: as_mapping(call, names))

    def made(names: dict[str, Value]) -> Value:
        pairs: list[Value] = [Sequence("tuple", [Constant(n), v]) for n, v in names.items()]
        return call.invoke(factory, Sequence("list", pairs))

    return _converted(call, instance, made)


def _as_tuple(call: Call) -> Value:
    instance = _AS_DICT.bind(call)["obj"]
    if not isinstance(instance, Instance) or is_heavy(instance):
        return lost(call, instance)
    return _converted(call, instance, lambda names: Sequence("tuple", list(names.values())))


def _converted(call: Call, value: Value, make: Callable[[dict[str, Value]], Value]) -> Value:
    """A value in which `make` is applied to the fields of data classes, at any depth."""
    if isinstance(value, Instance):
        if not any(is_base(base) for base in value.cls.mro if isinstance(base, Class)):
            return value
        return make(
            {name: _converted(call, item, make) for name, item in field_values(value).items()}
        )
    if isinstance(value, Sequence):
        items = [_converted(call, item, make) for item in value.items]
        return Sequence(value.kind, items, list(value.losses))
    if isinstance(value, Mapping):
        entries = {
            key: (name, _converted(call, item, make)) for key, (name, item) in value.entries.items()
        }
        return Mapping(value.kind, entries, list(value.losses), value.default_factory)
    if isinstance(value, Choice):
        options = tuple(_converted(call, option, make) for option in value.options)
        return Choice(options, value.condition)
    return deep(value)


def _fields(call: Call) -> Value:
    value = _ONE.bind(call)["obj"]
    cls = value.cls if isinstance(value, Instance) else value
    if not isinstance(cls, Class):
        return lost(call, value)
    return Sequence("tuple", list(_described(call, cls).values()))


def _fields_by_name(call: Call) -> Value:
    """`__dataclass_fields__`."""
    cls = call.receiver.cls if isinstance(call.receiver, Instance) else call.receiver
    return as_mapping(call, _described(call, cls)) if isinstance(cls, Class) else lost(call)


def _described(call: Call, cls: Class) -> dict[str, Value]:
    """The fields of a data class as `fields()` gives them."""
    by_place = set(by_position(cls))
    return {
        name: FieldSpec(
            {
                "default": item.default or External("dataclasses.MISSING"),
                "default_factory": item.factory or External("dataclasses.MISSING"),
                "kw_only": Constant(item.spec.flag("init", True) and name not in by_place),
                "metadata": item.spec.options.get("metadata", Mapping()),
                "type": _type_of(call, item),
                **{k: v for k, v in item.spec.options.items() if k != "default"},
            },
            name,
        )
        for name, item in all_fields(cls).items()
        if not is_marker(item)
    }


def _type_of(call: Call, item: ClassField) -> Value:
    """The annotation of a field: a string if its module postpones annotations."""
    owner = item.owner
    if are_text(owner.module):
        return Constant(ast.unparse(item.annotation))
    frame = Frame(owner.module, Scope("class", owner.namespace, owner.scope))
    try:
        return call.machine.evaluate(item.annotation, frame)
    except Raised:  # a class made again in another module
        return call.unknown("unsupported", "the type of a field")


def _is_data_class(call: Call) -> Value:
    value = _ONE.bind(call)["obj"]
    if isinstance(value, (Unknown, Choice, External)):
        return lost(call, value)
    cls = value.cls if isinstance(value, Instance) else value
    return Constant(
        isinstance(cls, Class) and any(is_base(base) for base in cls.mro if isinstance(base, Class))
    )


def _make(call: Call) -> Value:
    bound = _MAKE.bind(call)
    name = bound.plain("cls_name")
    items = call.items(bound["fields"])
    bases = call.items(bound["bases"])
    if not isinstance(name, str) or items.losses:
        return lost(call, bound["cls_name"], *items.losses)
    names: list[tuple[str, str]] = []
    namespace: dict[str, Value] = {}
    if isinstance(bound["namespace"], Mapping):
        namespace.update(bound["namespace"].text_entries())
    for item in items.values:
        parts = item.items if isinstance(item, Sequence) else [item]
        if not parts or not isinstance(parts[0], Constant):
            return lost(call, item)
        names.append((str(parts[0].value), "object"))
        if len(parts) > 2:
            namespace[str(parts[0].value)] = parts[2]
    cls = make_class(call, name, bases.values, namespace, tuple(names))
    cls.decorations["dataclasses.dataclass"] = dict(bound.rest)
    return cls


_WITH_FIELDS: Final = ("dataclasses.dataclass", "pydantic.dataclasses.dataclass")

PROPERTIES: Final = frozenset(f"{name}.__dataclass_fields__" for name in _WITH_FIELDS)

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "attr.asdict": _as_dict,
    "attr.astuple": _as_tuple,
    "attr.evolve": _replace,
    "attrs.asdict": _as_dict,
    "attrs.astuple": _as_tuple,
    "attr.fields": _fields,
    "attrs.fields": _fields,
    "attrs.evolve": _replace,
    "attrs.has": _is_data_class,
    "copy.replace": _replace,
    **{f"{name}.__dataclass_fields__": _fields_by_name for name in _WITH_FIELDS},
    "dataclasses.asdict": _as_dict,
    "dataclasses.astuple": _as_tuple,
    "dataclasses.fields": _fields,
    "dataclasses.is_dataclass": _is_data_class,
    "dataclasses.make_dataclass": _make,
    "dataclasses.replace": _replace,
}
