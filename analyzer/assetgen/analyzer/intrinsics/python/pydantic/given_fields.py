"""Arguments of models that pydantic refuses: missing fields, or positional arguments.

Dagster's classes for configuration and resources accept None for what is left out, and `EnvVar`s
for what is read later.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    External,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.classes.fields import ClassField, last_name
from assetgen.analyzer.intrinsics.python.pydantic.validators import Validator
from assetgen.analyzer.model.articles import article
from assetgen.analyzer.model.copies import replace


def check_given(
    call: Call,
    cls: Class,
    fields: ReadOnlyMapping[str, ClassField],
    validators: tuple[Validator, ...],
) -> None:
    """Raise what pydantic raises for the arguments of `call`, as far as that is certain."""
    canonical = call.machine.intrinsics.canonical
    bases = {canonical(base.qualname) for base in cls.mro if isinstance(base, External)}
    if not bases <= _KNOWN_BASES or any(isinstance(base, Unknown) for base in cls.mro):
        return
    if call.args:
        message = f"{cls.name}() takes keyword arguments only: {len(call.args)} given by position"
        raise Raised("builtins.TypeError", message)
    _check_abstract(cls, bases)
    of_dagster = not bases.isdisjoint(CONFIG_CLASSES)
    if _is_configured(cls) or any(one.mode != "after" for one in validators):
        return
    _check_others(call, cls, fields)
    for name, item in fields.items():
        given = call.kwargs.get(name)
        if given is None:
            if _is_missed(call, item, of_dagster=of_dagster):
                message = f"{cls.name}() needs a value for the field `{name}`"
                raise Raised("pydantic.ValidationError", message)
        elif isinstance(given, Constant):
            _check_plain(call, item, given)
        elif isinstance(given, (Sequence, Mapping)) and not of_dagster:
            _check_collection(call, item, given)
        elif of_dagster and isinstance(given, Record):
            _check_variable(call, item, given)


def _check_abstract(cls: Class, bases: set[str]) -> None:
    for name in sorted({name for base in bases for name in _ABSTRACT.get(base, ())}):
        if classes.lookup(cls, name) is None:
            message = f"Can't instantiate abstract class {cls.name} without a method `{name}`"
            raise Raised("builtins.TypeError", message)


_ABSTRACT: Final = {
    "dagster.ConfigurableIOManager": ("handle_output", "load_input"),
    "dagster.ConfigurableIOManagerFactory": ("create_io_manager",),
}


def _is_configured(cls: Class) -> bool:
    """Whether the model may have a configuration by which its fields accept other values."""
    return any(
        isinstance(base, Class)
        and ("Config" in base.namespace or not _options_of(base).keys() <= _HARMLESS)
        for base in cls.mro
    )


def _options_of(cls: Class) -> dict[str, Value]:
    """The entries of `model_config` in a class's own body; if not all is known, it is under ""."""
    config = cls.namespace.get("model_config")
    if config is None:
        return {}
    if isinstance(config, Mapping) and not config.losses:
        return dict(config.text_entries())
    return {"": config}


_HARMLESS: Final = frozenset(
    (
        *("arbitrary_types_allowed", "extra", "frozen", "protected_namespaces", "title"),
        *("use_attribute_docstrings", "validate_assignment"),
    )
)


def _check_others(call: Call, cls: Class, fields: ReadOnlyMapping[str, ClassField]) -> None:
    """Arguments that are not fields, if the model forbids them."""
    for base in cls.mro:
        extra = _options_of(base).get("extra") if isinstance(base, Class) else None
        if extra is not None:
            break
    else:
        return
    aliases = [item.spec.options.get(name) for item in fields.values() for name in _ALIASES]
    if extra != Constant("forbid") or any(alias is not None for alias in aliases):
        return
    for name in call.kwargs:
        if name not in fields:
            message = f"{cls.name} forbids the field `{name}`, which it does not have"
            raise Raised("pydantic.ValidationError", message)


CONFIG_CLASSES: Final = (
    "dagster.Config",
    "dagster.PermissiveConfig",
    "dagster.ConfigurableResource",
    "dagster.ConfigurableResourceFactory",
    "dagster.ConfigurableIOManager",
    "dagster.ConfigurableIOManagerFactory",
)
"""The models that Dagster's configuration and resources are made of."""

_KNOWN_BASES: Final = {
    *CONFIG_CLASSES,
    "dagster.Component",
    "dagster.Model",
    "dagster.Resolvable",
    "pydantic.BaseModel",
    "builtins.object",
    "abc.ABC",
    "typing.Generic",
}


def _is_missed(call: Call, item: ClassField, *, of_dagster: bool) -> bool:
    if not item.is_required or call.losses or not _ALIASES.isdisjoint(item.spec.options):
        return False
    wanted, name = _wanted(call, item)
    if not of_dagster or name == "Literal":
        return name != "Annotated"
    if isinstance(wanted, Class):
        return not _is_built(wanted)
    return isinstance(wanted, External) and wanted.qualname in _NOT_NONE


_ALIASES: Final = frozenset(("alias", "validation_alias", "init", "exclude"))
_NOT_NONE: Final = frozenset(
    (
        *("builtins.str", "builtins.int", "builtins.float", "builtins.bool", "builtins.list"),
        *("builtins.dict", "typing.List", "typing.Dict"),
    )
)


def _check_plain(call: Call, item: ClassField, given: Constant) -> None:
    """Strings, numbers and None that cannot be converted to a simple annotation."""
    if given != NONE:
        item = _without_none(item)
    wanted, name = _wanted(call, item)
    if name == "Literal":
        fits = _is_literal(item, given)
    elif isinstance(wanted, Class):
        fits = not _is_model(wanted) or _is_built(wanted)
    else:
        takes = _TAKES.get(wanted.qualname) if isinstance(wanted, External) else None
        fits = takes is None or takes(given.value)
    if not fits:
        message = f"the field `{item.name}` takes no {given.value!r}"
        raise Raised("pydantic.ValidationError", message)


def _check_collection(call: Call, item: ClassField, given: Sequence | Mapping) -> None:
    """Collections where a string or number is required."""
    wanted, _ = _wanted(call, _without_none(item))
    if isinstance(wanted, External) and wanted.qualname in _OF_NO_COLLECTION:
        kind = given.kind if isinstance(given, Sequence) else "dict"
        message = f"the field `{item.name}` takes no {kind}"
        raise Raised("pydantic.ValidationError", message)


_OF_NO_COLLECTION: Final = frozenset(
    ("builtins.str", "builtins.int", "builtins.float", "builtins.bool")
)


def _without_none(item: ClassField) -> ClassField:
    """The field as if it were annotated `X` instead of `Optional[X]` or `X | None`."""
    annotation = item.annotation
    options: list[ast.expr] = []
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        options = [annotation.left, annotation.right]
    elif isinstance(annotation, ast.Subscript) and last_name(annotation.value) in _UNIONS:
        inner = annotation.slice
        options = list(inner.elts) if isinstance(inner, ast.Tuple) else [inner]
    others = [one for one in options if not (isinstance(one, ast.Constant) and one.value is None)]
    return replace(item, annotation=others[0]) if len(others) == 1 else item


_UNIONS: Final = ("Optional", "Union")


def _is_literal(item: ClassField, given: Constant) -> bool:
    annotation = item.annotation
    if not isinstance(annotation, ast.Subscript):
        return True
    inner = annotation.slice
    options = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    plain = [one.value for one in options if isinstance(one, ast.Constant)]
    return len(plain) < len(options) or given.value in plain


def _is_model(cls: Class) -> bool:
    return not {"pydantic.BaseModel", *CONFIG_CLASSES}.isdisjoint(classes.known_bases(cls))


def _is_built(cls: Class) -> bool:
    """Whether the class defines how pydantic converts other values to it."""
    return "__get_pydantic_core_schema__" in cls.namespace


def _is_flag(value: object) -> bool:
    texts = ("1", "0", "on", "off", "t", "f", "true", "false", "y", "n", "yes", "no")
    return value.lower() in texts if isinstance(value, str) else value in (0, 1)


_TAKES: Final[ReadOnlyMapping[str, Callable[[object], bool]]] = {
    "builtins.str": lambda value: not (value is None or isinstance(value, (int, float))),
    "builtins.int": lambda value: (
        not (value is None or (isinstance(value, float) and not value.is_integer()))
    ),
    "builtins.float": lambda value: value is not None,
    "builtins.bool": _is_flag,
    **dict.fromkeys(
        ("builtins.list", "builtins.dict", "typing.List", "typing.Dict"), lambda value: False
    ),
}


def _wanted(call: Call, item: ClassField) -> tuple[Value | None, str]:
    """The class that a field is annotated with, without its parameters, and how it is written.

    None if it is not a class, such as a union.
    """
    annotation = item.annotation
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = ast.parse(annotation.value, mode="eval").body
        except SyntaxError:
            return None, ""
    node = annotation.value if isinstance(annotation, ast.Subscript) else annotation
    name = last_name(node)
    if not isinstance(node, (ast.Name, ast.Attribute)) or name in ("Annotated", "Literal"):
        return None, name
    owner = item.owner
    frame = Frame(owner.module, Scope("class", owner.namespace, owner.scope))
    try:
        return call.machine.evaluate(node, frame), name
    except Raised:
        return None, name


def _check_variable(call: Call, item: ClassField, given: Record) -> None:
    """An `EnvVar` is a string until the run, or an integer if made by `EnvVar.int`."""
    refused = _NOT_OF_VARIABLE.get(given.qualname)
    if refused is None:
        return
    wanted, _ = _wanted(call, item)
    if isinstance(wanted, External) and wanted.qualname in refused:
        short = wanted.qualname.removeprefix("builtins.")
        kind = given.qualname.removeprefix("dagster.")
        wants = f"the field `{item.name}` is {article(short)} `{short}`"
        message = f"{wants}, which {article(kind)} {kind} is not"
        raise Raised("pydantic.ValidationError", message)


_NOT_OF_VARIABLE: Final = {
    "dagster.EnvVar": frozenset(("builtins.int", "builtins.float", "builtins.bool")),
    "dagster.EnvVar.int": frozenset(("builtins.str",)),
}
