"""Fields of a pydantic model that have a value but no annotation, and reporting them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    External,
    Mapping,
    Sequence,
    Value,
)


def check_annotated(call: Call) -> Value:
    """Told when a model has been made: pydantic refuses a class with such an attribute."""
    cls = call.receiver
    if isinstance(cls, Class) and call.site.condition is None and call.machine.is_certain:
        for statement, name in _assigned(cls):
            if _is_data(cls.namespace.get(name)) and not _is_declared(cls, name):
                message = f"this raises PydanticUserError: `{name}` of a model has no annotation"
                kind = _kind_of(statement.value)
                hint = f"; write `{name}: {kind} = ...`" if kind else ""
                call.report("python-error", message + hint, Site(cls.module, statement))
    return NONE


def _assigned(cls: Class) -> Iterator[tuple[ast.Assign, str]]:
    """The assignments to public names in the body of the class, if all attributes count."""
    body = cls.node.body
    if any(isinstance(each, ast.ClassDef) and each.name == "Config" for each in body):
        return  # which may say that some types are ignored
    for statement in body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        if isinstance(statement, ast.Assign) and isinstance(target, ast.Name):
            if target.id == "model_config" and not _is_known_configuration(statement.value):
                return
            if target.id != "model_config" and not target.id.startswith("_"):
                yield statement, target.id


def _is_known_configuration(node: ast.expr) -> bool:
    return isinstance(node, (ast.Call, ast.Dict)) and "ignored_types" not in ast.dump(node)


def _is_data(value: Value | None) -> bool:
    """Whether a value is neither a function nor anything else that pydantic leaves alone."""
    if isinstance(value, External):
        return value.qualname in _TYPES
    return isinstance(value, (Constant, Sequence, Mapping))


_TYPES = frozenset(f"builtins.{name}" for name in ("str", "int", "float", "bool", "list", "dict"))


def _is_declared(cls: Class, name: str) -> bool:
    """Whether the class annotates the name, or may have got it as a class variable of a base."""
    for one in cls.mro:
        if not isinstance(one, Class):
            if one not in _KNOWN_BASES:
                return True
            continue
        for annotated in one.node.body:
            if isinstance(annotated, ast.AnnAssign) and ast.unparse(annotated.target) == name:
                return one is cls or "ClassVar" in ast.dump(annotated.annotation)
    return False


_KNOWN_BASES = frozenset(
    External(name)
    for name in (
        *("builtins.object", "abc.ABC", "typing.Generic", "pydantic.BaseModel"),
        *("dagster.Config", "dagster.PermissiveConfig", "dagster.ConfigurableResource"),
        *("dagster.ConfigurableIOManager", "dagster.ConfigurableIOManagerFactory"),
        "dagster.IOManager",
    )
)


def _kind_of(node: ast.expr) -> str:
    """The type to write for a constant."""
    is_plain = isinstance(node, ast.Constant) and type(node.value) in (str, int, float, bool)
    return type(node.value).__name__ if is_plain and isinstance(node, ast.Constant) else ""
