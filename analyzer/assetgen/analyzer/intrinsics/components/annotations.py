"""Annotations of fields, as they are written: they decide what a value in YAML becomes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import Class, External, Function, Module, Value
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.syntax.annotations import unquoted


@dataclass(frozen=True, slots=True, eq=False)
class Annotation:
    """An expression and where its names are looked up."""

    node: ast.expr
    frame: Frame

    def at(self, node: ast.expr) -> Annotation:
        return Annotation(node, self.frame)

    @property
    def head(self) -> str:
        """The last name of what is subscripted, in lower case: `list` for `list[X]`; else empty."""
        if not isinstance(self.node, ast.Subscript):
            return ""
        return ast.unparse(self.node.value).rpartition(".")[2].lower()

    @property
    def arguments(self) -> tuple[Annotation, ...]:
        """The expressions in the brackets."""
        if not isinstance(self.node, ast.Subscript):
            return ()
        inner = self.node.slice
        return tuple(map(self.at, inner.elts if isinstance(inner, ast.Tuple) else (inner,)))

    def value(self, call: Call) -> Value | None:
        """The value of the expression, if it can be evaluated."""
        try:
            return call.machine.evaluate(self.node, self.frame)
        except Raised:
            return None


def in_class(cls: Class, node: ast.expr) -> Annotation:
    """An annotation in the body of a class."""
    return Annotation(node, Frame(cls.module, Scope("class", cls.namespace, cls.scope)))


def of_function(function: Function, node: ast.expr) -> Annotation:
    """An annotation of a function's parameter."""
    return Annotation(node, Frame(function.module, function.scope))


def of_dagster(call: Call, text: str) -> Annotation:
    """An annotation of Dagster's own, written in the names of its API."""
    node = ast.parse(text, mode="eval").body
    names: dict[str, Value] = {
        part.id: External(f"dagster.{part.id}")
        for part in ast.walk(node)
        if isinstance(part, ast.Name)
    }
    return Annotation(node, Frame(call.site.module, Scope("module", names)))


def unaliased(call: Call, annotation: Annotation, depth: int = 10) -> Annotation:
    """The annotation without quotes, and with names of the project that stand for other annotations
    followed."""
    node = annotation.node
    written = unquoted(node)
    if written is not node:
        return unaliased(call, annotation.at(written), depth) if written else annotation
    if not isinstance(node, (ast.Name, ast.Attribute)) or depth == 0:
        return annotation
    value = annotation.value(call)
    if isinstance(value, Class) or (
        isinstance(value, External) and not value.qualname.startswith(("typing", "collections"))
    ):
        return annotation
    found = _alias(call, annotation)
    return unaliased(call, found, depth - 1) if found is not None else annotation


def _alias(call: Call, annotation: Annotation) -> Annotation | None:
    """What a module assigns to the name, in its own file or in the one it is imported from."""
    if not isinstance(annotation.node, ast.Name):
        return None
    module, name = annotation.frame.module, annotation.node.id
    for target, value in _assignments(module):
        if target == name:
            return Annotation(value, Frame(module, module.scope))
    source = _imported_from(module, name)
    if source is None:
        return None
    other = call.machine.import_module(source[0])
    if not isinstance(other, Module):
        return None
    return Annotation(ast.Name(source[1], ast.Load()), Frame(other, other.scope))


def _assignments(module: Module) -> Iterator[tuple[str, ast.expr]]:
    for statement in module.parsed.tree.body if module.parsed is not None else ():
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            yield statement.targets[0].id, statement.value
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            if statement.value is not None:
                yield statement.target.id, statement.value
        elif type(statement).__name__ == "TypeAlias":
            yield statement.name.id, statement.value  # type: ignore[attr-defined]


def _imported_from(module: Module, name: str) -> tuple[str, str] | None:
    """The module and the name there of an imported name."""
    for statement in module.parsed.tree.body if module.parsed is not None else ():
        if isinstance(statement, ast.ImportFrom):
            for alias in statement.names:
                if (alias.asname or alias.name) == name:
                    return _absolute(module, statement), alias.name
    return None


def _absolute(module: Module, statement: ast.ImportFrom) -> str:
    if not statement.level:
        return statement.module or ""
    parts = module.name.split(".")
    kept = parts[: len(parts) - statement.level + module.is_package]
    return ".".join((*kept, *([statement.module] if statement.module else [])))
