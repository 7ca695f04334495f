"""Annotated names in the body of a class that stand in an `if`, `try` or another block."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.doubted_names import doubt_of_name
from assetgen.analyzer.evaluate.objects.doubts import make_doubt
from assetgen.analyzer.evaluate.values import Class, Mapping, Unknown

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site

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


def doubts_of_fields(frame: Frame) -> dict[str, Unknown]:
    """The annotated names that may not be there, with what decides: one to which each arm of a
    condition assigns something is there."""
    names = frame.scope.names
    found: dict[str, Unknown] = {}
    for node, condition in frame.annotated or ():
        if not isinstance(node.target, ast.Name):
            continue
        if condition is None or condition is frame.condition:
            found.pop(node.target.id, None)
        elif node.value is None or doubt_of_name(names, node.target.id) is not None:
            found[node.target.id] = condition
    return found


def doubt_annotations(machine: Machine, cls: Class, doubts: dict[str, Unknown], site: Site) -> None:
    """Some annotations of a class may not be there."""
    annotations = machine.get_attribute(cls, "__annotations__", site)
    if not isinstance(annotations, Mapping):
        return
    for name, condition in doubts.items():
        key = ("constant", name)
        if key in annotations.entries:
            own = annotations.entries[key][0]
            annotations.losses.append(make_doubt(condition, [{key, id(own)}], (own,)))


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
