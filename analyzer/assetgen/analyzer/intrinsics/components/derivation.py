"""Fields that Dagster cannot derive from YAML: it refuses a component that has one, given or
not."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.expressions.annotations import are_text
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Class, External, Record, Unknown
from assetgen.analyzer.intrinsics.components.annotations import (
    Annotation,
    in_class,
    unaliased,
)
from assetgen.analyzer.intrinsics.components.resolving import RESOLVERS
from assetgen.analyzer.intrinsics.python.classes.fields import fields_of
from assetgen.analyzer.model.articles import article


def check_field(call: Call, cls: Class, name: str, annotation: Annotation) -> None:
    """Report a field of a resolvable class that has no resolver, and whose type Dagster does not
    know."""
    owner = cls.name
    is_model = not _MODELS.isdisjoint(classes.known_bases(cls))
    is_text = isinstance(annotation.node, ast.Constant) and annotation.node.value is not None
    if not is_model and (is_text or are_text(annotation.frame.module)):
        problem: str | None = "annotated by a string (which Dagster reads in models only)"
    else:
        problem = _problem(call, annotation, _DEPTH)
    if problem is None:
        return
    site = Site(annotation.frame.module, annotation.node)
    message = f"no YAML can make `{name}` of {owner}, which is {problem}: give it a dg.Resolver"
    call.report("invalid-definition", message, site)


_DEPTH: Final = 8


def _problem(call: Call, annotation: Annotation, depth: int) -> str | None:
    """What about a type cannot be resolved; None if it can, or if that is not known."""
    if depth == 0:
        return None
    annotation = unaliased(call, annotation)
    node = annotation.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        sides = (annotation.at(node.left), annotation.at(node.right))
        return _first(call, sides, depth)
    if isinstance(node, ast.Subscript):
        return _of_subscript(call, annotation, depth)
    value = annotation.value(call)
    if isinstance(value, External):
        name = call.machine.intrinsics.canonical(value.qualname)
        return _REFUSED.get(name)
    return _of_class(call, value, depth) if isinstance(value, Class) else None


def _of_subscript(call: Call, annotation: Annotation, depth: int) -> str | None:
    head, arguments = annotation.head, annotation.arguments
    if head == "annotated" and arguments:
        marks = [extra.value(call) for extra in arguments[1:]]
        if any(not isinstance(mark, Record) or mark.qualname in RESOLVERS for mark in marks):
            return None
        return _problem(call, arguments[0], depth - 1)
    if head in ("optional", "union"):
        return _first(call, arguments, depth)
    if head in ("list", "sequence", "tuple") and arguments:
        return _problem(call, arguments[0], depth - 1)
    if head == "dict" and len(arguments) == 2:
        return _problem(call, arguments[1], depth - 1)
    if head == "mapping" and len(arguments) == 2 and _is_resolvable(call, arguments[1]):
        return "a Mapping of what is resolved itself (a dict can be made)"
    return f"a {head}" if head in ("set", "frozenset", "callable", "type") else None


def _first(call: Call, options: tuple[Annotation, ...], depth: int) -> str | None:
    problems = (_problem(call, option, depth - 1) for option in options)
    return next((problem for problem in problems if problem is not None), None)


def _is_resolvable(call: Call, annotation: Annotation) -> bool:
    value = unaliased(call, annotation).value(call)
    return isinstance(value, Class) and _RESOLVABLE in value.mro


_RESOLVABLE: Final = External("dagster.Resolvable")


def _of_class(call: Call, cls: Class, depth: int) -> str | None:
    """A class of the project: resolvable, an enumeration, or a model with plain fields."""
    bases = set(classes.known_bases(cls))
    if _RESOLVABLE in cls.mro or any(name.startswith("enum.") for name in bases):
        return None
    if _MODELS.isdisjoint(bases):
        known = all(isinstance(base, Class) or base in _PLAIN for base in cls.mro)
        return f"a {cls.name}" if known else None
    for field in fields_of(cls, lambda base: True).values():
        if field.name.startswith("_") or field.name == "model_config":
            continue
        inner = unaliased(call, in_class(field.owner, field.annotation))
        value = inner.value(call)
        if isinstance(value, Class) and _RESOLVABLE in value.mro:
            return f"a {cls.name}, whose `{field.name}` needs {cls.name} to be dg.Resolvable"
        if isinstance(value, Unknown):
            return None
        if not _CONSTRAINTS.isdisjoint(field.spec.options):
            return f"a {cls.name}, whose `{field.name}` is bounded: {cls.name} has to be Resolvable"
        problem = _problem(call, inner, depth - 1)
        if problem is not None:
            return f"a {cls.name}, whose `{field.name}` is {problem}"
    return None


_CONSTRAINTS: Final = frozenset(
    ("ge", "gt", "le", "lt", "max_length", "min_length", "multiple_of", "pattern")
)
_MODELS: Final = frozenset(("dagster.Model", "pydantic.BaseModel"))
_PLAIN: Final = frozenset(
    External(name) for name in ("builtins.object", "abc.ABC", "typing.Protocol", "typing.Generic")
)
_REFUSED: Final[ReadOnlyMapping[str, str]] = {
    **{name: f"a {name}" for name in ("datetime.date", "datetime.datetime", "datetime.timedelta")},
    **dict.fromkeys(("pathlib.Path", "pathlib.PurePath"), "a Path"),
    "builtins.bytes": "bytes",
    "builtins.frozenset": "a frozenset",
    "builtins.object": "of no type",
    "builtins.set": "a set",
    "builtins.tuple": "a tuple",
    "collections.abc.Callable": "a Callable",
    "decimal.Decimal": "a Decimal",
    "typing.Callable": "a Callable",
    "uuid.UUID": "a UUID",
    **{
        f"dagster.{name}": f"{article(name)} {name}"
        for name in (
            *("AssetCheckSpec", "AssetKey", "AssetSelection", "AssetSpec", "AutomationCondition"),
            *("BackfillPolicy", "DailyPartitionsDefinition", "FreshnessPolicy"),
            *("PartitionsDefinition", "RetryPolicy", "StaticPartitionsDefinition"),
        )
    },
}
"""Types that Dagster has no resolver for, and what they are called."""
