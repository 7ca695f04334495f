"""The module `dataclasses`, and attrs, whose classes are made alike."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.conversion import NotPlain
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    Choice,
    Class,
    Constant,
    External,
    Instance,
    Mapping,
    Partial,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.class_making import make_class
from assetgen.analyzer.intrinsics.python.copying import deep
from assetgen.analyzer.intrinsics.python.fields import (
    ClassField,
    FieldSpec,
    as_mapping,
    bind_fields,
    default_of,
    described,
    fields_of,
    run_method,
    with_changes,
)
from assetgen.analyzer.intrinsics.python.plain import lost, plain

_DECORATOR: Final = Parameters("cls=None, /, **options")
_FIELD: Final = Parameters("**options")
_ATTRIBUTE: Final = Parameters("default=..., **options")
_REPLACE: Final = Parameters("obj, /, **changes")
_AS_DICT: Final = Parameters("obj, *, dict_factory=None, filter=None, recurse=True, **options")
_ONE: Final = Parameters("obj, /")
_MAKE: Final = Parameters("cls_name, fields, *, bases=(), namespace=None, **options")

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
    """`@dataclass` and its like, with and without arguments."""

    def intrinsic(call: Call) -> Value:
        bound = _DECORATOR.bind(call)
        options = {**{key: Constant(value) for key, value in preset.items()}, **bound.rest}
        if bound["cls"] == NONE:
            return Partial(External(call.name), (), options)
        cls = bound["cls"]
        if not isinstance(cls, Class):
            return cls
        cls.decorations[name] = options
        for field_name, class_field in _all_fields(cls).items():
            _settle(cls, field_name, class_field)
        return cls

    return intrinsic


def _settle(cls: Class, name: str, class_field: ClassField) -> None:
    """A field's default stays an attribute of the class, the rest of its options do not."""
    if class_field.owner is not cls or not isinstance(class_field.value, FieldSpec):
        return
    class_field.value.field_name = name


def is_data_class(cls: Value) -> bool:
    return isinstance(cls, Class) and not _DECORATORS.isdisjoint(cls.decorations)


def _is_base(cls: Class) -> bool:
    return not _DECORATORS.isdisjoint(cls.decorations)


def _all_fields(cls: Class) -> dict[str, ClassField]:
    found = fields_of(cls, _is_base)
    if "attr.s" not in cls.decorations:
        return found
    for name, value in cls.namespace.items():  # `x = attr.ib()` without an annotation
        if isinstance(value, FieldSpec) and name not in found:
            found[name] = ClassField(name, ast.Constant(None), cls, value)
    return found


def _option(cls: Class, name: str) -> bool:
    for options in cls.decorations.values():
        value = options.get(name)
        if isinstance(value, Constant):
            return bool(value.value)
    return False


def _parameter(cls: Class, name: str) -> str:
    """attrs leaves the leading underscores of a private field out of its parameter."""
    if _WITH_UNDERSCORES_CUT.isdisjoint(cls.decorations):
        return name
    return name.lstrip("_") or name


def _construct(call: Call) -> Value:
    cls = call.receiver
    if not isinstance(cls, Class):
        return lost(call)
    instance = Instance(cls, {}, call.args, call.kwargs, call.site)
    everything = _all_fields(cls)
    taken = {n: f for n, f in everything.items() if f.spec.flag("init", True)}
    by_parameter = {_parameter(cls, name): name for name in taken}
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
        value = given.get(_parameter(cls, name)) if name in taken else None
        if value is None:
            if item.is_required:
                continue
            value = default_of(call, item)
        elif "converter" in item.spec.options:
            converter = item.spec.options["converter"]
            value = call.machine.call(converter, [value], {}, call.site)
        if item.annotated_as("InitVar"):
            initial.append(value)
        else:
            instance.attributes[name] = value
    if not run_method(call, instance, "__post_init__", initial):
        run_method(call, instance, "__attrs_post_init__", [])
    return instance


def _is_keyword_only(item: ClassField) -> bool:
    return item.spec.flag("kw_only", _option(item.owner, "kw_only"))


def _field(call: Call) -> Value:
    return FieldSpec(_FIELD.bind(call).rest)


def _attribute(call: Call) -> Value:
    bound = _ATTRIBUTE.bind(call)
    options = dict(bound.rest)
    if "default" in bound:
        options["default"] = bound["default"]
    default = options.get("default")
    if isinstance(default, FieldSpec):  # attr.Factory
        options.update(default.options)
        del options["default"]
    return FieldSpec(options)


def _factory(call: Call) -> Value:
    return FieldSpec({"factory": call.args[0] if call.args else NONE})


def _replace(call: Call) -> Value:
    bound = _REPLACE.bind(call)
    instance = bound["obj"]
    if not isinstance(instance, Instance):
        return lost(call, instance)
    if not is_data_class(instance.cls) and not any(
        _is_base(base) for base in instance.cls.mro if isinstance(base, Class)
    ):
        return with_changes(call, instance, bound.rest)
    arguments: dict[str, Value] = {}
    for name, item in _all_fields(instance.cls).items():
        if item.spec.flag("init", True) and name in instance.attributes:
            arguments[_parameter(instance.cls, name)] = instance.attributes[name]
    arguments.update(bound.rest)
    made = call.machine.call(instance.cls, [], arguments, call.site, call.losses)
    if isinstance(made, Instance):
        made.site = call.site
    return made


def _field_values(instance: Instance) -> dict[str, Value]:
    return {
        name: instance.attributes[name]
        for name in _all_fields(instance.cls)
        if name in instance.attributes
    }


def _as_dict(call: Call) -> Value:
    bound = _AS_DICT.bind(call)
    instance = bound["obj"]
    if not isinstance(instance, Instance) or "filter" in bound:
        return lost(call, instance)
    return _converted(call, instance, lambda names: as_mapping(call, names))


def _as_tuple(call: Call) -> Value:
    instance = _AS_DICT.bind(call)["obj"]
    if not isinstance(instance, Instance):
        return lost(call, instance)
    return _converted(call, instance, lambda names: Sequence("tuple", list(names.values())))


def _converted(call: Call, value: Value, make: Callable[[dict[str, Value]], Value]) -> Value:
    """Data classes inside of collections become what `make` makes of their fields, too."""
    if isinstance(value, Instance):
        if not any(_is_base(base) for base in value.cls.mro if isinstance(base, Class)):
            return value
        return make(
            {name: _converted(call, item, make) for name, item in _field_values(value).items()}
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
    return Sequence(
        "tuple",
        [
            FieldSpec(
                {
                    "default": item.default or External("dataclasses.MISSING"),
                    "default_factory": item.factory or External("dataclasses.MISSING"),
                    "metadata": item.spec.options.get("metadata", Mapping()),
                    "type": call.unknown("unsupported", "the type of a field"),
                    **{k: v for k, v in item.spec.options.items() if k != "default"},
                },
                name,
            )
            for name, item in _all_fields(cls).items()
            if not item.annotated_as("InitVar")
        ],
    )


def _is_data_class(call: Call) -> Value:
    value = _ONE.bind(call)["obj"]
    if isinstance(value, (Unknown, Choice, External)):
        return lost(call, value)
    cls = value.cls if isinstance(value, Instance) else value
    return Constant(
        isinstance(cls, Class)
        and any(_is_base(base) for base in cls.mro if isinstance(base, Class))
    )


def _make(call: Call) -> Value:
    bound = _MAKE.bind(call)
    name = bound.plain("cls_name")
    items = call.machine.items(bound["fields"], call.site)
    bases = call.machine.items(bound["bases"], call.site)
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


def _representation(call: Call) -> Value:
    instance = call.receiver
    if not isinstance(instance, Instance):
        return lost(call)
    shown = [n for n, item in _all_fields(instance.cls).items() if item.spec.flag("repr", True)]
    return described(call, instance, shown)


def _less(call: Call) -> Value:
    """`order=True`: by the fields in order."""
    one, other = call.receiver, call.args[0] if call.args else NONE
    if not isinstance(one, Instance) or not isinstance(other, Instance):
        return lost(call, other)
    if not _option(one.cls, "order") and "dataclasses.dataclass" in one.cls.decorations:
        raise Raised("builtins.TypeError", "'<' not supported between instances")
    try:
        left = [plain(call, value) for value in _field_values(one).values()]
        right = [plain(call, value) for value in _field_values(other).values()]
        return Constant(left < right)
    except NotPlain as error:
        return lost(call, error.value)
    except TypeError:
        return FALSE


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "attr.Factory": _factory,
    "attr.asdict": _as_dict,
    "attr.astuple": _as_tuple,
    "attr.attrib": _attribute,
    "attr.attrs": _decorator("attr.s"),
    "attr.dataclass": _decorator("attrs.define"),
    "attr.define": _decorator("attrs.define"),
    "attr.evolve": _replace,
    "attr.field": _attribute,
    "attr.frozen": _decorator("attrs.frozen", frozen=True),
    "attr.ib": _attribute,
    "attr.mutable": _decorator("attrs.define"),
    "attr.s": _decorator("attr.s"),
    "attr.s.__construct__": _construct,
    "attr.s.__repr__": _representation,
    "attrs.Factory": _factory,
    "attrs.asdict": _as_dict,
    "attrs.astuple": _as_tuple,
    "attrs.define": _decorator("attrs.define"),
    "attr.fields": _fields,
    "attrs.fields": _fields,
    "attrs.define.__construct__": _construct,
    "attrs.define.__lt__": _less,
    "attrs.define.__repr__": _representation,
    "attrs.evolve": _replace,
    "attrs.field": _attribute,
    "attrs.frozen": _decorator("attrs.frozen", frozen=True),
    "attrs.frozen.__construct__": _construct,
    "attrs.frozen.__repr__": _representation,
    "attrs.has": _is_data_class,
    "attrs.mutable": _decorator("attrs.define"),
    "copy.replace": _replace,
    "dataclasses.asdict": _as_dict,
    "dataclasses.astuple": _as_tuple,
    "dataclasses.dataclass": _decorator("dataclasses.dataclass"),
    "dataclasses.dataclass.__construct__": _construct,
    "dataclasses.dataclass.__lt__": _less,
    "dataclasses.dataclass.__repr__": _representation,
    "dataclasses.field": _field,
    "dataclasses.fields": _fields,
    "dataclasses.is_dataclass": _is_data_class,
    "dataclasses.make_dataclass": _make,
    "dataclasses.replace": _replace,
    "pydantic.dataclasses.dataclass": _decorator("pydantic.dataclasses.dataclass"),
    "pydantic.dataclasses.dataclass.__construct__": _construct,
    "pydantic.dataclasses.dataclass.__repr__": _representation,
    "typing.dataclass_transform": lambda call: Partial(External("enum.unique"), (), {}),
}
