"""Annotated names in the body of a class that stand in an `if`, `try` or another block."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.doubted_names import doubt_of_name
from assetgen.analyzer.evaluate.values import Unknown

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine

_BLOCKS = (ast.If, ast.Try, ast.With, ast.For, ast.While, ast.Match)


def execute_body(machine: Machine, node: ast.ClassDef, frame: Frame) -> ast.ClassDef:
    """Run the body of a class; gives the class as it would be written without blocks around the
    annotated names that were reached."""
    blocks = [each for each in node.body if isinstance(each, _BLOCKS) and any(_annotated(each))]
    if blocks:
        frame.annotated = []
    machine.execute(node.body, frame)
    if not frame.annotated:
        return node
    body: list[ast.stmt] = []
    for statement in node.body:
        if statement in blocks:
            inside = set(map(id, _annotated(statement)))
            body += [each for each, _ in frame.annotated if id(each) in inside]
        body.append(statement)
    made = copy.copy(node)
    made.body = body
    return made


def doubt_of_fields(frame: Frame) -> Unknown | None:
    """Why some of the annotated names may not be there, if that is so: one to which each arm of a
    condition assigns something is there."""
    names = frame.scope.names
    for node, condition in frame.annotated or ():
        if (
            condition is None
            or condition is frame.condition
            or not isinstance(node.target, ast.Name)
        ):
            continue
        if node.value is None or doubt_of_name(names, node.target.id) is not None:
            return condition
    return None


def note_field(frame: Frame, node: ast.AnnAssign) -> None:
    """An annotated name was reached."""
    if frame.annotated is not None:
        frame.annotated.append((node, frame.condition))


def _annotated(statement: ast.stmt) -> Iterator[ast.AnnAssign]:
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.AnnAssign):
            yield child
        elif isinstance(child, (*_BLOCKS, ast.ExceptHandler, ast.match_case)):
            yield from _annotated(child)  # type: ignore[arg-type]
