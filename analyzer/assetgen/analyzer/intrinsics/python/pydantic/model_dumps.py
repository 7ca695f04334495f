"""Pydantic models converted to dictionaries and JSON."""

from __future__ import annotations

import ast
import datetime
import uuid
from collections.abc import Mapping as ReadOnlyMapping
from decimal import Decimal
from functools import lru_cache
from pathlib import PurePath
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.weight import is_heavy
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    Class,
    Constant,
    External,
    Instance,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.classes.fields import (
    ClassField,
    as_mapping,
    default_of,
    last_name,
)
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.pydantic.coercion import is_model
from assetgen.analyzer.intrinsics.python.pydantic.field_names import (
    generator_of,
    given_value,
    written_name,
)
from assetgen.analyzer.intrinsics.python.pydantic.model_options import option_of
from assetgen.analyzer.intrinsics.python.pydantic.pydantic_models import extra_values, model_fields
from assetgen.analyzer.intrinsics.python.texts.formatting import Lost
from assetgen.analyzer.model.dataclass import dataclass

_DUMP: Final = Parameters(
    "*, include=None, exclude=None, exclude_none=False, exclude_unset=False, by_alias=False,"
    " exclude_defaults=False, mode='python', **options"
)


@dataclass(frozen=True, slots=True)
class _Options:
    """The options of a dump, which apply to nested models too."""

    by_alias: bool
    without_none: bool
    without_defaults: bool
    without_unset: bool
    is_json: bool


def _dump(call: Call) -> Value:
    bound = _DUMP.bind(call)
    instance = call.receiver
    if not isinstance(instance, Instance) or is_heavy(instance):
        return lost(call)
    options = []
    for name in ("by_alias", "exclude_none", "exclude_defaults", "exclude_unset"):
        answer = call.machine.truth(bound[name], call.site)
        if answer is None:
            return lost(call, bound[name])
        options.append(answer)
    mode = bound["mode"]
    if mode not in (Constant("python"), Constant("json")):
        return lost(call, mode)
    is_json = mode == Constant("json") or call.name.endswith("json")
    how = _Options(options[0], options[1], options[2], options[3], is_json)
    try:
        include, exclude = (_parts(call, bound[name]) for name in ("include", "exclude"))
        return _dumped_model(call, instance, how, include, exclude or {})
    except Lost as error:
        return lost(call, error.value)


_Parts = dict[object, "_Parts | None"]
"""Fields by name, and the parts of each that are meant, all of it where there is None."""


def _parts(call: Call, value: Value) -> _Parts | None:
    """The fields that `include` or `exclude` names."""
    if value == NONE:
        return None
    if isinstance(value, Mapping) and not value.losses:
        found: _Parts = {}
        for key, part in value.entries.values():
            if not isinstance(key, Constant) or key.value == "__all__":
                raise Lost(value)
            if part not in (FALSE, NONE):
                is_whole = part in (TRUE, Constant(...))
                found[key.value] = None if is_whole else _parts(call, part)
        return found
    items = call.items(value)
    if items.losses or not all(isinstance(item, Constant) for item in items.values):
        raise Lost(value)
    return {item.value: None for item in items.values if isinstance(item, Constant)}


def _dumped_model(
    call: Call,
    instance: Instance,
    how: _Options,
    include: _Parts | None = None,
    exclude: _Parts | None = None,
) -> Value:
    exclude = exclude or {}
    names: dict[str, Value] = {}
    for name, field in model_fields(instance.cls).items():
        value = instance.attributes.get(name)
        is_excluded = name in exclude and exclude[name] is None
        if value is None or is_excluded or (include is not None and name not in include):
            continue
        if field.spec.options.get("exclude") == TRUE or _is_left_out(call, instance, field, how):
            continue
        shown = written_name(call, instance.cls, field) if how.by_alias else name
        if isinstance(shown, Unknown):
            raise Lost(shown)
        value = serialised(call, instance, name, value)
        inner = include.get(name) if include is not None else None
        value = _dumped(call, value, how, inner, exclude.get(name))
        if not how.without_none or value != NONE:
            names[shown] = value
    for name, value in _extra(call, instance).items():
        if name not in exclude and (include is None or name in include):
            names[name] = _dumped(call, value, how)
    for name in computed_fields(instance.cls):
        if name not in exclude and (include is None or name in include):
            value = call.get_attribute(instance, name)
            value = _dumped(call, value, how)
            if not how.without_none or value != NONE:
                names[name] = value
    return as_mapping(call, names)


def _extra(call: Call, instance: Instance) -> dict[str, Value]:
    """The extra values that a model was given, if it allows them."""
    if option_of(instance.cls, "extra") != Constant("allow"):
        return {}
    given = extra_values(call, instance.cls, instance.kwargs)
    return {n: instance.attributes[n] for n in given if n in instance.attributes}


def _extra_as_attribute(call: Call) -> Value:
    """`model.model_extra`."""
    instance = call.receiver
    if not isinstance(instance, Instance):
        return lost(call)
    if option_of(instance.cls, "extra") != Constant("allow"):
        return NONE
    return as_mapping(call, _extra(call, instance))


def _is_left_out(call: Call, instance: Instance, field: ClassField, how: _Options) -> bool:
    """Whether a field is left out since it holds its default, or was not given."""
    if not how.without_defaults and not how.without_unset:
        return False
    value = instance.attributes[field.name]
    is_default = not field.is_required and call.machine.equal(value, default_of(call, field))
    if how.without_defaults and is_default:
        return True
    if is_default is None:
        raise Lost(value)
    if not how.without_unset or not is_default:
        return False
    given = instance.kwargs
    return given_value(call, field, given, generator_of(instance.cls)) is None


def serialised(call: Call, instance: Instance, name: str, value: Value) -> Value:
    """The result of a `field_serializer` method for the value of a field."""
    for base in instance.cls.mro:
        found = _serialisers(base.node) if isinstance(base, Class) else {}
        method, is_plain = found.get(name) or found.get("*") or ("", True)
        if method:
            if not is_plain:
                return call.unknown("unsupported", f"what {method!r} makes of it", value)
            function = call.get_attribute(instance, method)
            return call.invoke(function, value)
    return value


@lru_cache(maxsize=512)
def _serialisers(node: ast.ClassDef) -> dict[str, tuple[str, bool]]:
    """The serialiser methods of a class by field, and whether they take only the value."""
    found: dict[str, tuple[str, bool]] = {}
    for statement in node.body:
        for decorator in getattr(statement, "decorator_list", ()):
            if not isinstance(decorator, ast.Call) or not isinstance(statement, ast.FunctionDef):
                continue
            if last_name(decorator.func) == "field_serializer":
                is_plain = not decorator.keywords and len(statement.args.args) == 2
                names = [str(arg.value) for arg in decorator.args if isinstance(arg, ast.Constant)]
                found.update(dict.fromkeys(names, (statement.name, is_plain)))
    return found


def _dumped(
    call: Call,
    value: Value,
    how: _Options,
    include: _Parts | None = None,
    exclude: _Parts | None = None,
) -> Value:
    if isinstance(value, Instance) and is_model(value.cls):
        return _dumped_model(call, value, how, include, exclude)
    if include is not None or exclude is not None:
        raise Lost(value)  # parts of items
    if isinstance(value, Instance) and "dataclasses.dataclass" in value.cls.decorations:
        value = call.invoke(External("dataclasses.asdict"), value)
    if isinstance(value, Sequence):
        items = [_dumped(call, item, how) for item in value.items]
        kind = "list" if how.is_json else value.kind
        return Sequence(kind, items, list(value.losses))
    if isinstance(value, Mapping):
        made = Mapping("dict" if how.is_json else value.kind, losses=list(value.losses))
        for key, item in value.entries.values():
            name = _key_in_json(key) if how.is_json else key
            made.entries[call.machine.hash_key(name)] = (name, _dumped(call, item, how))
        return made
    return _in_json(value) if how.is_json else value


def _key_in_json(key: Value) -> Value:
    key = _in_json(key)
    if isinstance(key, Constant) and not isinstance(key.value, (str, int)):
        raise Lost(key)
    is_text = not isinstance(key, Constant) or isinstance(key.value, str)
    if isinstance(key, Constant) and isinstance(key.value, bool):
        return Constant(str(key.value).lower())
    return key if is_text else Constant(str(key.value))  # type: ignore[attr-defined]


def _in_json(value: Value) -> Value:
    """What represents a value in JSON if it has no such type."""
    if isinstance(value, Instance):
        member = value.attributes.get("_value_")
        if member is None:
            raise Lost(value)
        return _in_json(member)
    if not isinstance(value, Constant):
        return value
    held = value.value
    if isinstance(held, (datetime.datetime, datetime.date, datetime.time)):
        return Constant(held.isoformat().replace("+00:00", "Z"))
    if isinstance(held, (PurePath, uuid.UUID, Decimal)):
        return Constant(str(held))
    if held is None or isinstance(held, (str, int, float)):
        return value
    raise Lost(value)


def computed_fields(cls: Class) -> list[str]:
    """The names of the properties decorated with `computed_field`."""
    return [
        statement.name
        for base in reversed(cls.mro)
        if isinstance(base, Class)
        for statement in base.node.body
        if isinstance(statement, ast.FunctionDef)
        and any("computed_field" in ast.unparse(each) for each in statement.decorator_list)
    ]


def _dump_json(call: Call) -> Value:
    """The model as JSON without spaces, as pydantic writes it."""
    options = {name: value for name, value in call.kwargs.items() if name != "indent"}
    data = _dump(Call(call.machine, call.name, (), options, call.site, call.receiver))
    indent = call.kwargs.get("indent")
    layout: dict[str, Value] = {"ensure_ascii": FALSE}
    if indent is None or indent == NONE:
        layout["separators"] = Sequence("tuple", [Constant(","), Constant(":")])
    else:
        layout["indent"] = indent
    return call.invoke(External("json.dumps"), data, **layout)


def _iterate(call: Call) -> Value:
    """The pairs of names and values that `dict(model)` takes."""
    instance = call.receiver
    if not isinstance(instance, Instance):
        return lost(call)
    fields = model_fields(instance.cls)
    pairs = [(name, value) for name, value in instance.attributes.items() if name in fields]
    return Iterator_(iter([Sequence("tuple", [Constant(n), value]) for n, value in pairs]))


def _fields_set(call: Call) -> Value:
    """The names of the fields that were given, or assigned since."""
    instance = call.receiver
    if not isinstance(instance, Instance):
        return lost(call)
    given: list[Value] = []
    for name, field in model_fields(instance.cls).items():
        try:
            if name in instance.attributes and not _is_left_out(call, instance, field, _UNSET):
                given.append(Constant(name))
        except Lost as error:
            return lost(call, error.value)
    given += map(Constant, _extra(call, instance))
    return Sequence("set", given)


_UNSET: Final = _Options(False, False, False, True, False)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pydantic.BaseModel.dict": _dump,
    "pydantic.BaseModel.__iter__": _iterate,
    "pydantic.BaseModel.json": _dump_json,
    "pydantic.BaseModel.model_dump": _dump,
    "pydantic.BaseModel.model_dump_json": _dump_json,
    "pydantic.BaseModel.model_extra": _extra_as_attribute,
    "pydantic.BaseModel.model_fields_set": _fields_set,
    "pydantic.BaseSettings.model_dump": _dump,
    "pydantic_settings.BaseSettings.model_dump": _dump,
}

PROPERTIES: Final = frozenset(
    {"pydantic.BaseModel.model_extra", "pydantic.BaseModel.model_fields_set"}
)
