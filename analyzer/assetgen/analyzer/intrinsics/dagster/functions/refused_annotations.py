"""Annotations that Dagster cannot make a type of, and reporting them."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable

from assetgen.analyzer.evaluate.bound_values import Partial
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Class, External, Parameterised, Value
from assetgen.analyzer.intrinsics.dagster.functions.signature import (
    Parameter,
    Signature,
    annotation_of,
    annotation_text,
)
from assetgen.analyzer.syntax.annotations import alternatives, unquoted

Lookup = Callable[[ast.expr], Value]


def check_annotations(
    call: Call, signature: Signature, inputs: Iterable[Parameter], *, returned: bool
) -> None:
    """Report the annotations of `inputs`, and of what is `returned`, that Dagster refuses.

    It makes a type of each: of no union but one with None, of no literal, and of the generic types
    only lists, sets, tuples and dictionaries.
    """
    if signature.function is None:
        return

    def look_up(node: ast.expr) -> Value:
        return annotation_of(call, signature, node)

    nodes = [(parameter.annotation, f"`{parameter.name}`") for parameter in inputs]
    if returned and not signature.is_generator:
        nodes.append((signature.returns, "what is returned"))
    for node, what in nodes:
        if not isinstance(node, ast.expr):
            continue
        parsed = unquoted(node)
        problem = _problem(parsed, look_up) if parsed is not None else None
        if problem:
            place = Site(signature.function.module, node)
            text = annotation_text(node)
            call.report(
                "unsupported-annotation",
                f"{what} cannot be annotated as `{text}`: {problem}",
                place,
            )


def _problem(node: ast.expr, look_up: Lookup) -> str | None:
    """Why Dagster refuses an annotation; None if it does not, or is not known to."""
    if isinstance(node, (ast.List, ast.Tuple)):
        return "it is not a type"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return _of_union(alternatives(node), look_up)
    if isinstance(node, ast.Subscript):
        return _of_generic(node, look_up)
    if isinstance(node, ast.Constant):
        inner = unquoted(node)
        if inner is not node and inner is not None:
            return _problem(inner, look_up)
        return "it is not a type" if isinstance(node.value, (int, float, bytes)) else None
    if isinstance(node, (ast.Name, ast.Attribute)):
        value = look_up(node)
        if isinstance(value, Parameterised):
            return _of_alias(value, look_up)
        if isinstance(value, External) and _is_builtin_function(value.qualname):
            return "it is a function, not a type"
        if is_new_type(value) or (isinstance(value, External) and value.qualname in _NEVER):
            return _UNKNOWN_TO_DAGSTER
    return None


def _is_builtin_function(qualname: str) -> bool:
    """Whether it is a function of Python's: `any` and `callable` are taken for types easily."""
    package, _, name = qualname.rpartition(".")
    found = getattr(builtins, name, None) if package == "builtins" else None
    return callable(found) and not isinstance(found, type)


def is_new_type(value: Value | None) -> bool:
    """Whether it was made by `NewType`: a name for type checkers, not a type."""
    return isinstance(value, Partial) and value.function == External("typing.NewType.__call__")


def _of_union(members: list[ast.expr], look_up: Lookup) -> str | None:
    others = [one for one in members if not (isinstance(one, ast.Constant) and one.value is None)]
    if len(others) == 1:
        return _problem(others[0], look_up)
    texts = {ast.dump(one) for one in others}
    if len(texts) < 2 or not all(_is_known_type(one, look_up) for one in others):
        return None
    return "Dagster knows no union but one with None"


def _is_known_type(node: ast.expr, look_up: Lookup) -> bool:
    if isinstance(node, ast.Subscript):
        node = node.value
    value = look_up(node) if isinstance(node, (ast.Name, ast.Attribute)) else None
    return isinstance(value, Class) or (
        isinstance(value, External) and value.qualname.startswith(("builtins.", "typing."))
    )


def _of_generic(node: ast.Subscript, look_up: Lookup) -> str | None:
    base = look_up(node.value)
    arguments = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if isinstance(base, Class):
        is_generic = External("typing.Generic") in base.mro
        return _UNKNOWN_TO_DAGSTER if is_generic and not _may_be_class(base) else None
    if not isinstance(base, External) or isinstance(base, Parameterised):
        return None
    return _of_parameters(base.qualname, arguments, look_up)


def _may_be_class(cls: Class) -> bool:
    """Whether a class with parameters may be a class too, as a generic model of pydantic is."""
    return any(
        "__class_getitem__" in one.namespace if isinstance(one, Class) else one not in _PLAIN_BASES
        for one in cls.mro
    )


def _of_parameters(qualname: str, arguments: list[ast.expr], look_up: Lookup) -> str | None:
    package, _, name = qualname.rpartition(".")
    if qualname == "dagster.Output":
        return _problem(arguments[0], look_up)
    if package not in _PACKAGES:
        return None
    if name == "Union":
        return _of_union(arguments, look_up)
    if name in _REFUSED:
        return _UNKNOWN_TO_DAGSTER
    if name in ("tuple", "Tuple") and any(_is_ellipsis(one) for one in arguments):
        return "Dagster wants each item of a tuple named"
    if name in _TAKEN:
        found = (_problem(one, look_up) for one in arguments)
        return next((problem for problem in found if problem), None)
    return None


def _is_ellipsis(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is ...


def _of_alias(value: Parameterised, look_up: Lookup) -> str | None:
    """For a name of a generic type with its parameters, which are written where it is defined."""
    node = value.arguments
    arguments = node.elts if isinstance(node, ast.Tuple) else [node]
    package, _, name = value.qualname.rpartition(".")
    if package in _PACKAGES and name in _REFUSED:
        return _UNKNOWN_TO_DAGSTER
    if value.qualname == "typing.Union":
        return _of_union(list(arguments), look_up)
    return None


_PLAIN_BASES = (External("typing.Generic"), External("builtins.object"), External("abc.ABC"))
_UNKNOWN_TO_DAGSTER = "Dagster can make no type of it"
_PACKAGES = frozenset(("builtins", "typing", "typing_extensions", "collections.abc", "collections"))
_TAKEN = frozenset(
    (
        *("Optional", "List", "list", "Dict", "dict", "Set", "set", "Tuple", "tuple"),
        *("Sequence", "Mapping"),
    )
)
_REFUSED = frozenset(
    (
        *("Literal", "FrozenSet", "frozenset", "Iterable", "Iterator", "Generator", "Callable"),
        *("Type", "type", "Awaitable", "Annotated", "Final", "ClassVar", "Deque", "DefaultDict"),
        *("Collection", "Counter", "MutableMapping"),
    )
)
"""Generic types that Dagster does not accept, whatever their parameters."""
_NEVER = frozenset(
    f"typing.{name}"
    for name in ("Callable", "Hashable", "NoReturn", "AnyStr", "TypeVar", "ParamSpec")
)
