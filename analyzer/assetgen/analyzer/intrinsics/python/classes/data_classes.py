"""The module `dataclasses`, and attrs, whose classes are similar."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.bound_values import Partial
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.class_equality import COMPARED
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    Class,
    Constant,
    External,
    Function,
    Instance,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.classes.attrs_validators import validate
from assetgen.analyzer.intrinsics.python.classes.fields import (
    MAKER,
    ClassField,
    FieldSpec,
    bind_fields,
    default_of,
    described,
    fields_of,
    run_method,
)
from assetgen.analyzer.intrinsics.python.plain import lost, plain
from assetgen.analyzer.model.dataclass import dataclass

_DECORATOR: Final = Parameters("cls=None, /, **options")
_FIELD: Final = Parameters("**options")
_ATTRIBUTE: Final = Parameters("default=..., **options")

_DECORATORS: Final = frozenset(
    {
        "dataclasses.dataclass",
        "pydantic.dataclasses.dataclass",
        "attrs.define",
        "attrs.frozen",
        "attr.s",
    }
)
_WITH_UNDERSCORES_CUT: Final = frozenset({"attrs.define", "attrs.frozen", "attr.s"})


def _decorator(name: str, **preset: bool) -> Intrinsic:
    """`@dataclass` and similar ones, with and without arguments."""

    def intrinsic(call: Call) -> Value:
        bound = _DECORATOR.bind(call)
        options = {**{key: Constant(value) for key, value in preset.items()}, **bound.rest}
        if bound["cls"] == NONE:
            return Partial(External(call.name), (), options)
        cls = bound["cls"]
        if not isinstance(cls, Class):
            return cls
        cls.decorations[name] = options
        fields = all_fields(cls)
        for field_name, class_field in fields.items():
            _name_options(cls, field_name, class_field)
        kept = [n for n, item in fields.items() if not is_marker(item)]
        compared = [name for name in kept if fields[name].spec.flag("compare", True)]
        if len(compared) < len(kept):
            options[COMPARED] = Sequence("tuple", [Constant(name) for name in compared])
        if name.endswith("dataclasses.dataclass") and options.get("slots") == TRUE:
            own = [Constant(each) for each in kept if fields[each].owner is cls]
            cls.namespace["__slots__"] = Sequence("tuple", [*own])
        return cls

    return intrinsic


def is_marker(item: ClassField) -> bool:
    """Whether an annotation does not make a field: `InitVar`, or the marker of keyword-only
    fields."""
    return item.annotated_as("InitVar") or item.annotated_as("KW_ONLY")


def _name_options(cls: Class, name: str, class_field: ClassField) -> None:
    """The options of a field are given its name, as `__set_name__` does."""
    if class_field.owner is not cls or not isinstance(class_field.value, FieldSpec):
        return
    class_field.value.field_name = name


def is_data_class(cls: Value) -> bool:
    """Whether a value is a class that a decorator has made a data class."""
    return isinstance(cls, Class) and is_base(cls)


def is_base(cls: Class) -> bool:
    """The same for a class."""
    return not _DECORATORS.isdisjoint(cls.decorations)


def all_fields(cls: Class) -> dict[str, ClassField]:
    """The fields of a data class by name, inherited ones first."""
    found = fields_of(cls, is_base)
    if "attr.s" not in cls.decorations:
        return found
    for name, value in cls.namespace.items():  # `x = attr.ib()` without an annotation
        if isinstance(value, FieldSpec) and name not in found:
            found[name] = ClassField(name, ast.Constant(None), cls, value)
    return found


def _option(cls: Class, name: str, otherwise: bool = False) -> bool:
    for options in cls.decorations.values():
        value = options.get(name)
        if isinstance(value, Constant):
            return bool(value.value)
    return otherwise


def parameter_of(cls: Class, name: str) -> str:
    """The name of a field's parameter: attrs strips the leading underscores of private fields."""
    if _WITH_UNDERSCORES_CUT.isdisjoint(cls.decorations):
        return name
    return name.lstrip("_") or name


def _construct(call: Call) -> Value:
    cls = call.receiver
    if not isinstance(cls, Class):
        return lost(call)
    instance = Instance(cls, {}, call.args, call.kwargs, call.site)
    everything = all_fields(cls)
    taken = {n: f for n, f in everything.items() if f.spec.flag("init", True)}
    by_parameter = {parameter_of(cls, name): name for name in taken}
    keyword_only, separated = set(), set()
    after_marker: dict[int, bool] = {}
    for name, item in taken.items():
        if item.annotated_as("KW_ONLY"):
            after_marker[id(item.owner)] = True
            separated.add(name)
        elif after_marker.get(id(item.owner)) or _is_keyword_only(item):
            keyword_only.add(name)
    parameters = {p: n for p, n in by_parameter.items() if n not in separated}
    given = bind_fields(
        call,
        cls,
        [parameter for parameter, name in parameters.items() if name not in keyword_only],
        {parameter: taken[name].is_required for parameter, name in parameters.items()},
    )
    initial: list[Value] = []
    for name, item in everything.items():
        if name in separated:
            continue
        value = given.get(parameter_of(cls, name)) if name in taken else None
        if value is None:
            if item.is_required:
                continue
            maker = item.spec.options.get(MAKER)
            value = call.invoke(maker, instance) if maker is not None else default_of(call, item)
        elif "converter" in item.spec.options:
            converter = item.spec.options["converter"]
            value = call.invoke(converter, value)
        if item.annotated_as("InitVar"):
            initial.append(value)
        else:
            instance.attributes[name] = value
    _validate(call, instance, everything)
    if not run_method(call, instance, "__post_init__", initial):
        run_method(call, instance, "__attrs_post_init__", [])
    return instance


def _validate(call: Call, instance: Instance, fields: dict[str, ClassField]) -> None:
    """Runs the project's validators that attrs would run."""
    for name, item in fields.items():
        validator = item.spec.options.get("validator")
        if name not in instance.attributes:
            continue
        value = instance.attributes[name]
        if isinstance(validator, Function):
            call.invoke(validator, instance, item.spec, value)
        elif validator is not None:
            validate(call, name, value, validator)


def _set_option(name: str) -> Intrinsic:
    """`@field.default` and `@field.validator` of attrs, on a method."""

    def intrinsic(call: Call) -> Value:
        if isinstance(call.receiver, FieldSpec) and call.args:
            call.receiver.options[name] = call.args[0]
        return call.args[0] if call.args else lost(call)

    return intrinsic


def _is_keyword_only(item: ClassField) -> bool:
    return item.spec.flag("kw_only", _option(item.owner, "kw_only"))


def _field(call: Call) -> Value:
    return FieldSpec(_FIELD.bind(call).rest)


@dataclass(slots=True, eq=False)
class AttrsField(FieldSpec):
    """A field of attrs, which decorates methods in the body of its class."""

    def attribute(self, name: str) -> Value | None:
        if name in ("default", "validator") and not self.field_name:
            return None
        return FieldSpec.attribute(self, name)


def _attribute(call: Call) -> Value:
    bound = _ATTRIBUTE.bind(call)
    options = dict(bound.rest)
    if "default" in bound:
        options["default"] = bound["default"]
    default = options.get("default")
    if isinstance(default, FieldSpec):  # attr.Factory
        options.update(default.options)
        del options["default"]
    return AttrsField(options)


def _factory(call: Call) -> Value:
    return FieldSpec({"factory": call.first})


def field_values(instance: Instance) -> dict[str, Value]:
    """The values of those fields that are set."""
    return {
        name: instance.attributes[name]
        for name in all_fields(instance.cls)
        if name in instance.attributes
    }


def _representation(call: Call) -> Value:
    instance = call.receiver
    if not isinstance(instance, Instance):
        return lost(call)
    shown = [n for n, item in all_fields(instance.cls).items() if item.spec.flag("repr", True)]
    return described(call, instance, shown)


def _match_arguments(call: Call) -> Value:
    """`__match_args__`: the positional parameters."""
    cls = call.receiver.cls if isinstance(call.receiver, Instance) else call.receiver
    if not isinstance(cls, Class):
        return lost(call)
    return Sequence("tuple", [Constant(name) for name in by_position(cls)])


def by_position(cls: Class) -> list[str]:
    """The names of the fields that can be given by position."""
    names, marked = [], set()
    for name, item in all_fields(cls).items():
        if item.annotated_as("KW_ONLY"):
            marked.add(id(item.owner))
        elif item.spec.flag("init", True) and not (
            id(item.owner) in marked or _is_keyword_only(item)
        ):
            names.append(name)
    return names


def _less(call: Call) -> Value:
    """`order=True`: compares the fields in order."""
    one, other = call.receiver, call.first
    if not isinstance(one, Instance) or not isinstance(other, Instance):
        return lost(call, other)
    by_default = "attr.s" in one.cls.decorations
    if not _option(one.cls, "order", by_default):
        raise Raised("builtins.TypeError", "'<' not supported between instances")
    try:
        left = [plain(call, value) for value in field_values(one).values()]
        right = [plain(call, value) for value in field_values(other).values()]
        return Constant(left < right)
    except NotPlain as error:
        return lost(call, error.value)
    except TypeError:
        return FALSE


PROPERTIES: Final = frozenset(
    f"{name}.__match_args__" for name in ("attr.s", "attrs.define", "dataclasses.dataclass")
)

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "attr.Factory": _factory,
    "attr.attrib": _attribute,
    "attr.attrs": _decorator("attr.s"),
    "attr.dataclass": _decorator("attrs.define"),
    "attr.define": _decorator("attrs.define"),
    "attr.field": _attribute,
    "attr.frozen": _decorator("attrs.frozen", frozen=True),
    "attr.ib": _attribute,
    "attr.mutable": _decorator("attrs.define"),
    "attr.s": _decorator("attr.s"),
    "attr.s.__construct__": _construct,
    "attr.s.__lt__": _less,
    "attr.s.__match_args__": _match_arguments,
    "attr.s.__repr__": _representation,
    "attrs.Factory": _factory,
    "attrs.define": _decorator("attrs.define"),
    "attrs.define.__construct__": _construct,
    "attrs.define.__lt__": _less,
    "attrs.define.__match_args__": _match_arguments,
    "attrs.define.__repr__": _representation,
    "attrs.field": _attribute,
    "attrs.frozen": _decorator("attrs.frozen", frozen=True),
    "attrs.frozen.__construct__": _construct,
    "attrs.frozen.__repr__": _representation,
    "attrs.mutable": _decorator("attrs.define"),
    "dagster.record": _decorator("dataclasses.dataclass", frozen=True, kw_only=True),
    "dagster_shared.record.record": _decorator("dataclasses.dataclass", frozen=True, kw_only=True),
    "dataclasses.dataclass": _decorator("dataclasses.dataclass"),
    "dataclasses.dataclass.__construct__": _construct,
    "dataclasses.dataclass.__lt__": _less,
    "dataclasses.dataclass.__match_args__": _match_arguments,
    "dataclasses.dataclass.__repr__": _representation,
    "dataclasses.field": _field,
    "dataclasses.Field.default": _set_option(MAKER),
    "dataclasses.Field.validator": _set_option("validator"),
    "pydantic.dataclasses.dataclass": _decorator("pydantic.dataclasses.dataclass"),
    "pydantic.dataclasses.dataclass.__construct__": _construct,
    "pydantic.dataclasses.dataclass.__repr__": _representation,
    "typing.dataclass_transform": lambda call: Partial(External("enum.unique"), (), {}),
}
