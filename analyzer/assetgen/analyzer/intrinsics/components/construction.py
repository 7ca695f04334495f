"""Instances of the project's classes, made from mappings in YAML."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    External,
    Function,
    Instance,
    Record,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.components.annotations import (
    Annotation,
    in_class,
    of_dagster,
    of_function,
    unaliased,
)
from assetgen.analyzer.intrinsics.components.derivation import check_field
from assetgen.analyzer.intrinsics.components.resolving import RESOLVERS, Resolution
from assetgen.analyzer.intrinsics.components.schemas import SCHEMAS
from assetgen.analyzer.intrinsics.components.yaml_trees import entries
from assetgen.analyzer.intrinsics.dagster.configs.config_models import rows_of_models
from assetgen.analyzer.intrinsics.python.classes.fields import ClassField, fields_of
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class ComponentField:
    """A field that YAML can give, and the keyword that it is passed by."""

    keyword: str
    annotation: Annotation
    is_required: bool


def construct(resolution: Resolution, cls: Class, node: ast.expr) -> Value:
    """An instance of the class, with its fields given by the entries of a mapping."""
    call, site = resolution.call, resolution.site.at(node)
    fields = fields_of_component(call, cls)
    if _RESOLVABLE in cls.mro:
        for name, given_by in fields.items():
            check_field(call, cls, name, given_by.annotation)
    is_model = not _MODELS.isdisjoint(classes.known_bases(cls))
    resolution = replace(resolution, mapping=node, is_model=is_model, is_item=False)
    given: dict[str, Value] = {}
    for name, value in entries(node):
        field = fields.get(name)
        if field is None and may_have_more(call, cls):
            continue
        if field is None:
            message = f"`{name}` is not a field of {cls.name}"
            call.report("invalid-definition", message, resolution.site.at(value))
            continue
        given[field.keyword] = resolution.value(field.annotation, value)
    if _RESOLVABLE in cls.mro and _has_fields(cls):
        _check_required(call, cls, fields, node)
    outside = _from_outside(call, cls)
    own = {name: value for name, value in given.items() if name not in outside}
    made = call.machine.call(cls, [], own, site)
    if isinstance(made, Instance):
        _put_outside(call, made, outside, given)
    return made


def _put_outside(
    call: Call, made: Instance, names: Iterable[str], given: ReadOnlyMapping[str, Value]
) -> None:
    """Set the fields of Dagster's component; where one is not given, a row may say its default."""
    bases = tuple(classes.known_bases(made.cls))
    for name in names:
        if name in given or not any(call.machine.knows(f"{base}.{name}") for base in bases):
            made.attributes[name] = given.get(name, NONE)


_RESOLVABLE = External("dagster.Resolvable")


def _check_required(
    call: Call, cls: Class, fields: dict[str, ComponentField], node: ast.expr
) -> None:
    """Raise what Dagster raises if a field is missing, before the class is called: an `__init__` of
    its own does not get to fill it in."""
    names = {name for name, _ in entries(node)}
    for name, field in fields.items():
        if not field.is_required or name in names:
            continue
        if unaliased(call, field.annotation).head != "annotated":  # which may hold the default
            message = f"{cls.name}() needs a value for the field `{name}`"
            raise Raised("pydantic_core.ValidationError", message)


def may_have_more(call: Call, cls: Class) -> bool:
    """Whether a base that is not known may have fields of its own."""
    canonical = call.machine.intrinsics.canonical
    names = [canonical(base.qualname) for base in cls.mro if isinstance(base, External)]
    return any(name not in _WITHOUT_FIELDS and name not in SCHEMAS for name in names) or any(
        isinstance(base, Unknown) for base in cls.mro
    )


_WITHOUT_FIELDS = frozenset(
    {
        "abc.ABC",
        "builtins.object",
        "dagster.Component",
        "dagster.Model",
        "dagster.Resolvable",
        "dagster.StateBackedComponent",
        "pydantic.BaseModel",
        "typing.Generic",
        "typing.Protocol",
    }
)


def fields_of_component(call: Call, cls: Class) -> dict[str, ComponentField]:
    """The fields of a class by their names in YAML.

    For a model or dataclass these are its fields, whatever its `__init__` takes.
    """
    initialiser = classes.lookup(cls, "__init__")
    is_plain = not _has_fields(cls)
    if is_plain and initialiser is not None and isinstance(initialiser[1], Function):
        found = _parameters(initialiser[1])
    else:
        found = {**_from_outside(call, cls), **_annotated(cls)}
    return {_name(call, field): field for field in found.values()}


def _has_fields(cls: Class) -> bool:
    return not _WITH_FIELDS.isdisjoint(classes.known_bases(cls))


_MODELS = frozenset(("dagster.Model", "pydantic.BaseModel"))
_WITH_FIELDS = _MODELS | {"dataclasses.dataclass", "dagster_shared.record.record"}


def _parameters(function: Function) -> dict[str, ComponentField]:
    arguments = function.node.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs][1:]
    return {
        each.arg: ComponentField(
            each.arg,
            of_function(function, each.annotation or _untyped(each)),
            each.arg not in function.defaults,
        )
        for each in named
    }


def _untyped(parameter: ast.arg) -> ast.expr:
    return ast.copy_location(ast.Name("object", ast.Load()), parameter)


def _annotated(cls: Class) -> dict[str, ComponentField]:
    return {
        name: ComponentField(
            _alias(field) or name, in_class(field.owner, field.annotation), field.is_required
        )
        for name, field in fields_of(cls, lambda base: True).items()
        if not name.startswith("_") and name != "model_config"
    }


def _alias(field: ClassField) -> str | None:
    """The only name that YAML can have for it, by which Dagster passes it."""
    alias = field.spec.options.get("alias")
    return alias.value if isinstance(alias, Constant) and isinstance(alias.value, str) else None


def _from_outside(call: Call, cls: Class) -> dict[str, ComponentField]:
    """The fields of Dagster's component that the class extends."""
    found: dict[str, ComponentField] = {}
    for base in cls.mro:
        if isinstance(base, External):
            schema = SCHEMAS.get(call.machine.intrinsics.canonical(base.qualname), {})
            for name, text in schema.items():
                field = ComponentField(name, of_dagster(call, text), False)
                found.setdefault(name, field)
    return found


def _name(call: Call, field: ComponentField) -> str:
    """The name in YAML: that of the field, unless one of the project's resolvers gives another.

    A resolver that leaves the value to the type does not count, since Dagster uses the type's
    resolver.
    """
    annotation = unaliased(call, field.annotation)
    if annotation.head == "annotated":
        for extra in annotation.arguments[1:]:
            resolver = extra.value(call)
            if isinstance(resolver, Record) and resolver.qualname in _RENAMING:
                name = resolver.fields.get("model_field_name")
                if isinstance(name, Constant) and isinstance(name.value, str):
                    return name.value
    return field.keyword


_RENAMING = ("dagster.Resolver", "dagster.Resolver.from_model")

# -- what a class of the project calls


def _resolver(call: Call) -> Value:
    """`Resolver(fn, ...)` and its alternatives: their arguments."""
    fields = dict(call.kwargs)
    if call.args:
        fields["fn"] = call.args[0]
    return Record(call.name, fields, (), call.site)


def _model(call: Call) -> Value:
    """`X.model()`: the class of what YAML gives for an `X`."""
    return Record("dagster.Resolvable.model", {"of": call.receiver or NONE}, (), call.site)


def _construct_model(call: Call) -> Value:
    """An instance of a model; fields inherited from one of Dagster's components are kept, too."""
    made = call.passed_to(KnownMethod("pydantic.BaseModel.__construct__", call.receiver or NONE))
    if isinstance(made, Instance):
        schema: dict[str, str] = {}
        for base in made.cls.mro:
            if isinstance(base, External):
                schema.update(SCHEMAS.get(call.machine.intrinsics.canonical(base.qualname), {}))
        missing = [name for name in schema if name not in made.attributes]
        _put_outside(call, made, missing, call.kwargs)
    return made


TABLE: dict[str, Intrinsic] = {
    **rows_of_models("dagster.Model"),
    **dict.fromkeys(RESOLVERS, _resolver),
    "dagster.Resolvable.model": _model,
    **{f"{name}.__construct__": _construct_model for name in ("dagster.Model", *SCHEMAS)},
}
"""The intrinsics of classes that YAML can make instances of."""
