"""Pydantic models as dictionaries and text again."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from functools import lru_cache
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.weight import is_heavy
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
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
from assetgen.analyzer.intrinsics.python.classes.fields import as_mapping, default_of, last_name
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.pydantic.coercion import is_model
from assetgen.analyzer.intrinsics.python.pydantic.field_names import written_name
from assetgen.analyzer.intrinsics.python.pydantic.pydantic_models import model_fields

_DUMP: Final = Parameters(
    "*, include=None, exclude=None, exclude_none=False, exclude_unset=False, by_alias=False,"
    " exclude_defaults=False, mode='python', **options"
)


def _dump(call: Call) -> Value:
    bound = _DUMP.bind(call)
    instance = call.receiver
    if not isinstance(instance, Instance) or is_heavy(instance):
        return lost(call)
    if "exclude_unset" in bound:
        return lost(call, *call.kwargs.values())
    by_alias = call.machine.truth(bound["by_alias"], call.site)
    if by_alias is None:
        return lost(call, bound["by_alias"])
    wanted: set[object] | None = None
    if bound["include"] != NONE:
        items = call.machine.items(bound["include"], call.site)
        wanted = {item.value for item in items.values if isinstance(item, Constant)}
    skipped: set[object] = set()
    if bound["exclude"] != NONE:
        items = call.machine.items(bound["exclude"], call.site)
        skipped = {item.value for item in items.values if isinstance(item, Constant)}
    without_none = call.machine.truth(bound["exclude_none"], call.site)
    without_defaults = call.machine.truth(bound["exclude_defaults"], call.site)
    names: dict[str, Value] = {}
    for name, field in model_fields(instance.cls).items():
        value = instance.attributes.get(name)
        if value is None or name in skipped or (wanted is not None and name not in wanted):
            continue
        if without_defaults is not False and not field.is_required:
            is_default = call.machine.equal(value, default_of(call, field))
            if without_defaults is None or is_default is None:
                return lost(call, value, bound["exclude_defaults"])
            if is_default:
                continue
        shown = written_name(call, instance.cls, field) if by_alias else name
        if isinstance(shown, Unknown):
            return shown
        value = serialised(call, instance, name, value)
        names[shown] = _dumped(call, value, by_alias)
    for name in computed_fields(instance.cls):
        if name not in skipped and (wanted is None or name in wanted):
            names[name] = call.machine.get_attribute(instance, name, call.site)
    if without_none:
        names = {name: value for name, value in names.items() if value != NONE}
    return as_mapping(call, names)


def serialised(call: Call, instance: Instance, name: str, value: Value) -> Value:
    """What a method under `field_serializer` makes of the value of a field."""
    for base in instance.cls.mro:
        found = _serialisers(base.node) if isinstance(base, Class) else {}
        method, is_plain = found.get(name) or found.get("*") or ("", True)
        if method:
            if not is_plain:
                return call.unknown("unsupported", f"what {method!r} makes of it", value)
            function = call.machine.get_attribute(instance, method, call.site)
            return call.machine.call(function, [value], {}, call.site)
    return value


@lru_cache(maxsize=512)
def _serialisers(node: ast.ClassDef) -> dict[str, tuple[str, bool]]:
    """By the names of fields: the methods of a class that serialise them, and whether these take
    nothing but the value."""
    found: dict[str, tuple[str, bool]] = {}
    for statement in node.body:
        for decorator in getattr(statement, "decorator_list", ()):
            if not isinstance(decorator, ast.Call) or not isinstance(statement, ast.FunctionDef):
                continue
            if last_name(decorator.func) == "field_serializer":
                is_plain = not decorator.keywords and len(statement.args.args) == 2
                for field in decorator.args:
                    if isinstance(field, ast.Constant):
                        found[str(field.value)] = (statement.name, is_plain)
    return found


def _dumped(call: Call, value: Value, by_alias: bool) -> Value:
    if isinstance(value, Instance) and is_model(value.cls):
        inner: dict[str, Value] = {}
        for name, field in model_fields(value.cls).items():
            if name in value.attributes:
                shown = written_name(call, value.cls, field) if by_alias else name
                if isinstance(shown, Unknown):
                    return shown
                item = serialised(call, value, name, value.attributes[name])
                inner[shown] = _dumped(call, item, by_alias)
        return as_mapping(call, inner)
    if isinstance(value, Sequence):
        items = [_dumped(call, item, by_alias) for item in value.items]
        return Sequence(value.kind, items, list(value.losses))
    if isinstance(value, Mapping):
        entries = {
            key: (name, _dumped(call, item, by_alias))
            for key, (name, item) in value.entries.items()
        }
        return Mapping(value.kind, entries, list(value.losses))
    return value


def computed_fields(cls: Class) -> list[str]:
    """The names of properties under `computed_field`."""
    return [
        statement.name
        for base in reversed(cls.mro)
        if isinstance(base, Class)
        for statement in base.node.body
        if isinstance(statement, ast.FunctionDef)
        and any("computed_field" in ast.unparse(each) for each in statement.decorator_list)
    ]


def _dump_json(call: Call) -> Value:
    """As text without spaces, as pydantic writes it."""
    options = {name: value for name, value in call.kwargs.items() if name != "indent"}
    data = _dump(Call(call.machine, call.name, (), options, call.site, call.receiver))
    indent = call.kwargs.get("indent")
    layout: dict[str, Value] = {"ensure_ascii": FALSE}
    if indent is None:
        layout["separators"] = Sequence("tuple", [Constant(","), Constant(":")])
    else:
        layout["indent"] = indent
    return call.machine.call(External("json.dumps"), [data], layout, call.site)


def _iterate(call: Call) -> Value:
    """The pairs of names and values, as `dict(model)` takes them."""
    instance = call.receiver
    if not isinstance(instance, Instance):
        return lost(call)
    fields = model_fields(instance.cls)
    pairs = [(name, value) for name, value in instance.attributes.items() if name in fields]
    return Iterator_(iter([Sequence("tuple", [Constant(n), value]) for n, value in pairs]))


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pydantic.BaseModel.dict": _dump,
    "pydantic.BaseModel.__iter__": _iterate,
    "pydantic.BaseModel.json": _dump_json,
    "pydantic.BaseModel.model_dump": _dump,
    "pydantic.BaseModel.model_dump_json": _dump_json,
    "pydantic.BaseSettings.model_dump": _dump,
    "pydantic_settings.BaseSettings.model_dump": _dump,
}
