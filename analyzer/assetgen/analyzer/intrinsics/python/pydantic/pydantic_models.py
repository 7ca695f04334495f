"""Pydantic models as plain data, and settings read from the environment.

Only simple types are checked; strings from the environment, or from a file, are converted to what
a simple annotation says.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from contextlib import contextmanager
from typing import Final

from assetgen.analyzer.evaluate.bound_values import Descriptor
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
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
from assetgen.analyzer.intrinsics.python.classes.fields import (
    ClassField,
    FieldSpec,
    as_mapping,
    default_of,
    described,
    fields_of,
    run_method,
    with_changes,
)
from assetgen.analyzer.intrinsics.python.collections.copying import deep
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.pydantic import (
    annotated_validators,
    field_names,
    single_values,
)
from assetgen.analyzer.intrinsics.python.pydantic.coercion import (
    coerced,
)
from assetgen.analyzer.intrinsics.python.pydantic.field_bounds import check_bounds
from assetgen.analyzer.intrinsics.python.pydantic.field_names import (
    READ,
    aliases_of,
    generator_of,
    given_value,
)
from assetgen.analyzer.intrinsics.python.pydantic.given_fields import check_given
from assetgen.analyzer.intrinsics.python.pydantic.model_options import as_texts_are, option_of
from assetgen.analyzer.intrinsics.python.pydantic.settings import settings_value
from assetgen.analyzer.intrinsics.python.pydantic.unannotated_fields import check_annotated
from assetgen.analyzer.intrinsics.python.pydantic.validators import (
    after_model,
    before_model,
    validated,
    validators_of,
)
from assetgen.analyzer.model.copies import replace

_FIELD: Final = Parameters("default=..., **options")
_VALIDATE: Final = Parameters("obj, **options")
_COPY: Final = Parameters("*, update=None, deep=False, **options")
_CREATE: Final = Parameters(
    "model_name, /, *, __base__=None, __config__=None, __module__=None, __validators__=None,"
    " __doc__=None, __cls_kwargs__=None, **fields"
)
_VALIDATOR: Final = Parameters("*fields, **options")

_PRIVATE: Final = frozenset({"model_config", "Config"})


def _field(call: Call) -> Value:
    bound = _FIELD.bind(call)
    options = dict(bound.rest)
    default = bound.get("default")
    if default is not None and default != Constant(...):
        options["default"] = default
    return FieldSpec(options)


def model_fields(cls: Class) -> dict[str, ClassField]:
    """The fields of a model and its bases, without private names and its configuration."""
    found = fields_of(cls, lambda base: True)
    return {
        name: item
        for name, item in found.items()
        if not name.startswith("_") and name not in _PRIVATE
    }


def _construct(call: Call) -> Value:
    cls = call.receiver
    if not isinstance(cls, Class):
        return lost(call)
    check_given(call, cls, model_fields(cls), validators_of(cls))
    return _made(call, cls, dict(call.kwargs), from_environment=False)


def _construct_unchecked(call: Call) -> Value:
    cls = call.receiver
    if not isinstance(cls, Class):
        return lost(call)
    instance = Instance(cls, _private(call, cls), call.args, call.kwargs, call.site)
    generator = generator_of(cls)
    for name, item in model_fields(cls).items():
        given = given_value(call, item, call.kwargs, generator)
        if given is not None or not item.is_required:
            instance.attributes[name] = given or deep(default_of(call, item))
    return instance


def _construct_settings(call: Call) -> Value:
    cls = call.receiver
    if not isinstance(cls, Class):
        return lost(call)
    return _made(call, cls, dict(call.kwargs), from_environment=True)


def _made(call: Call, cls: Class, given: dict[str, Value], from_environment: bool) -> Instance:
    with as_refused_by_model(cls):
        return _made_by_fields(call, cls, given, from_environment)


@contextmanager
def as_refused_by_model(cls: Class) -> Iterator[None]:
    """What validators raise in it is what the model raises."""
    try:
        yield
    except Raised as raised:
        if raised.exception not in ("builtins.ValueError", "builtins.AssertionError"):
            raise
        message = f"of {cls.name}: {raised.message}"
        raise Raised("pydantic.ValidationError", message) from raised


def _made_by_fields(
    call: Call, cls: Class, given: dict[str, Value], from_environment: bool
) -> Instance:
    instance = Instance(cls, {}, call.args, dict(given), call.site)
    validators = validators_of(cls)
    taken = before_model(call, cls, validators, given)
    generator = generator_of(cls)
    for name, item in model_fields(cls).items():
        value = taken if isinstance(taken, Unknown) else given_value(call, item, taken, generator)
        if value is None and from_environment:
            value = settings_value(call, cls, item)
        if value is None and call.losses:
            value = lost(call, *call.losses)
        was_given = value is not None
        if value is None:
            default = call.unknown("error", f"the field {name!r} of {cls.name} is missing")
            value = default if item.is_required else deep(default_of(call, item))
        instance.attributes[name] = field_value(call, instance, item, value, was_given=was_given)
    if isinstance(taken, dict) and option_of(cls, "extra") == Constant("allow"):
        instance.attributes.update(extra_values(call, cls, taken))
    instance.attributes.update(_private(call, cls))
    run_method(call, instance, "model_post_init", [NONE])
    made = after_model(call, cls, validators, instance)
    if option_of(cls, "frozen") == Constant(True):
        parts = [call.machine.hash_key(made.attributes[name]) for name in model_fields(cls)]
        made.key = None if None in parts else ("model", id(cls), tuple(parts))
    return made


def field_value(
    call: Call, instance: Instance, item: ClassField, value: Value, *, was_given: bool
) -> Value:
    """The value of a field after its conversion and its validators."""
    cls = instance.cls
    by_value = option_of(cls, "use_enum_values") == Constant(True)
    for mode in ("before", "coerce", "after"):
        if mode == "coerce":
            value = coerced(call, item, value) if was_given else value
            value = as_texts_are(cls, value) if was_given else value
            value = _by_value(value) if by_value and was_given else value
            check_bounds(item, value if was_given else NONE)
            continue
        own = (
            each
            for each in validators_of(cls)
            if each.is_of(item.name, was_given) and (each.mode == "before") is (mode == "before")
        )
        value = validated(call, cls, own, value, item.name, instance.attributes)
    return value


def _initialise(call: Call, from_environment: bool) -> Value:
    """`super().__init__(**data)` in a model's own initialiser."""
    instance = call.receiver
    if isinstance(instance, Instance):
        if not from_environment:
            cls = instance.cls
            check_given(call, cls, model_fields(cls), validators_of(cls))
        made = _made(call, instance.cls, dict(call.kwargs), from_environment)
        for name, value in made.attributes.items():
            call.machine.write(instance.attributes, name, value)
    return NONE


def extra_values(call: Call, cls: Class, given: ReadOnlyMapping[str, Value]) -> dict[str, Value]:
    """Given values that do not belong to a field."""
    generator = generator_of(cls)
    known = set(model_fields(cls))
    for item in model_fields(cls).values():
        known.update(str(alias) for alias in aliases_of(call, item, READ, generator))
    return {name: value for name, value in given.items() if name not in known}


def _private(call: Call, cls: Class) -> dict[str, Value]:
    """The attributes of a new object that are not fields: their names begin with `_`."""
    found = fields_of(cls, lambda base: True)
    return {
        name: deep(default_of(call, item))
        for name, item in found.items()
        if name.startswith("_") and not item.is_required
    }


def _by_value(value: Value) -> Value:
    """The values of enumeration members, if the model is configured to store these."""
    if isinstance(value, Instance):
        return value.attributes.get("_value_", value)
    if isinstance(value, Sequence):
        return Sequence(value.kind, [_by_value(item) for item in value.items], [*value.losses])
    return value


def _validate(call: Call) -> Value:
    cls, value = call.receiver, _VALIDATE.bind(call)["obj"]
    if not isinstance(cls, Class):
        return lost(call)
    if isinstance(value, Instance):
        return value
    if not isinstance(value, Mapping):
        return lost(call, value)
    made = Call(call.machine, call.name, (), {}, call.site, cls, tuple(value.losses))
    named = dict(value.text_entries())
    check_given(replace(made, kwargs=named), cls, model_fields(cls), validators_of(cls))
    return _made(made, cls, dict(value.text_entries()), from_environment=False)


def _validate_json(call: Call) -> Value:
    given = call.args[:1] or (call.kwargs.get("json_data", NONE),)
    data = call.invoke(External("json.loads"), *given)
    if not isinstance(data, Mapping):
        return lost(call, data)
    return _validate(Call(call.machine, call.name, (data,), {}, call.site, call.receiver))


def _create_model(call: Call) -> Value:
    """`create_model(name, field=(type, default), ...)`: types are not kept."""
    bound = _CREATE.bind(call)
    name, base = bound.plain("model_name"), bound["__base__"]
    if not isinstance(name, str) or call.losses:
        return lost(call, bound["model_name"], *call.losses)
    bases = base.items if isinstance(base, Sequence) else [base]
    if base == NONE:
        bases = [External("pydantic.BaseModel")]
    namespace: dict[str, Value] = {}
    for field_name, given in bound.rest.items():
        default = given
        if isinstance(given, Sequence) and given.kind == "tuple" and len(given.items) == 2:
            default = given.items[1]
        elif not isinstance(given, (Constant, FieldSpec)):
            continue  # a type alone: the field is required
        if default != Constant(...):
            namespace[field_name] = default
    fields = tuple((field_name, "object") for field_name in bound.rest)
    return make_class(call, name, tuple(bases), namespace, fields)


def _copy(call: Call) -> Value:
    bound = _COPY.bind(call)
    instance, update = call.receiver, bound["update"]
    if not isinstance(instance, Instance):
        return lost(call)
    if update != NONE and (not isinstance(update, Mapping) or update.losses):
        return lost(call, update)
    changes = dict(update.text_entries()) if isinstance(update, Mapping) else {}
    if call.machine.truth(bound["deep"]) is not False:
        kept = {name: deep(value) for name, value in instance.attributes.items()}
        changes = {**kept, **changes}
    return with_changes(call, instance, changes)


def _fields(call: Call) -> Value:
    receiver = call.receiver
    cls = receiver.cls if isinstance(receiver, Instance) else receiver
    if not isinstance(cls, Class):
        return lost(call)
    return as_mapping(call, {name: _described(item) for name, item in model_fields(cls).items()})


def _described(item: ClassField) -> FieldSpec:
    """The description of a field in `model_fields`."""
    if item.value is None or isinstance(item.value, FieldSpec):
        return item.spec
    return FieldSpec({"default": item.value}, item.name)


def _is_required(call: Call) -> Value:
    """`model_fields["x"].is_required()`."""
    spec = call.receiver
    if not isinstance(spec, FieldSpec):
        return lost(call)
    given = spec.options.keys() & {"default", "default_factory"}
    return Constant(not given)


def _representation(call: Call) -> Value:
    if not isinstance(call.receiver, Instance):
        return lost(call)
    return described(call, call.receiver, list(model_fields(call.receiver.cls)))


def _text(call: Call) -> Value:
    """`str(model)`: the contents of the parentheses in its `repr`, separated by spaces."""
    if not isinstance(call.receiver, Instance):
        return lost(call)
    return described(
        call, call.receiver, list(model_fields(call.receiver.cls)), apart=" ", is_named=False
    )


def _keep_function(call: Call) -> Value:
    """`@field_validator("x")` and similar ones, which leave the function unchanged."""
    bound = _VALIDATOR.bind(call)
    if len(bound.star) == 1 and isinstance(bound.star[0], (Function, Descriptor)):
        return bound.star[0]
    return External("enum.unique")


def _config(call: Call) -> Value:
    return as_mapping(call, call.kwargs)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pydantic.BaseModel.__construct__": _construct,
    "pydantic.BaseModel.__created__": check_annotated,
    "pydantic.BaseModel.__init__": lambda call: _initialise(call, False),
    "pydantic.BaseModel.__repr__": _representation,
    "pydantic.BaseModel.__str__": _text,
    "pydantic.BaseModel.copy": _copy,
    "pydantic.BaseModel.model_construct": _construct_unchecked,
    "pydantic.BaseModel.model_copy": _copy,
    "pydantic.BaseModel.model_fields": _fields,
    "pydantic.BaseModel.model_validate": _validate,
    "pydantic.BaseModel.model_validate_json": _validate_json,
    "pydantic.BaseModel.parse_obj": _validate,
    "pydantic.BaseSettings.__construct__": _construct_settings,
    "pydantic.ConfigDict": _config,
    "dataclasses.Field.is_required": _is_required,
    **annotated_validators.TABLE,
    **field_names.TABLE,
    **single_values.TABLE,
    "pydantic.Field": _field,
    "pydantic.PrivateAttr": _field,
    "pydantic.computed_field": lambda call: call.args[0] if call.args else _keep_function(call),
    "pydantic.create_model": _create_model,
    "pydantic.field_serializer": _keep_function,
    "pydantic.field_validator": _keep_function,
    "pydantic.model_validator": _keep_function,
    "pydantic.root_validator": _keep_function,
    "pydantic.validator": _keep_function,
    "pydantic_settings.BaseSettings.__construct__": _construct_settings,
    "pydantic_settings.BaseSettings.__init__": lambda call: _initialise(call, True),
    "pydantic_settings.BaseSettings.__repr__": _representation,
    "pydantic_settings.BaseSettings.__str__": _text,
    "pydantic_settings.BaseSettings.model_copy": _copy,
    "pydantic_settings.BaseSettings.model_fields": _fields,
    "pydantic_settings.BaseSettings.model_validate": _validate,
    "pydantic_settings.SettingsConfigDict": _config,
}


PROPERTIES: Final = frozenset(
    {"pydantic.BaseModel.model_fields", "pydantic_settings.BaseSettings.model_fields"}
)
