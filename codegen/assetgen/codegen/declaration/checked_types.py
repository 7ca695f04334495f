"""The types that Dagster checks values against, by their declarations and annotations."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from keyword import iskeyword

from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.steps import OpDefinition, Output
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.script.layout import Atom, Tree

# What steps may hand out in place of a value: the parameter is the value's type.
_ENVELOPES = frozenset({"DynamicOutput", "MaterializeResult", "ObserveResult", "Output"})
# What says nothing of the value.
_OPEN = frozenset(
    {
        "Any",
        "AssetCheckResult",
        "AssetMaterialization",
        "AsyncGenerator",
        "AsyncIterator",
        "Generator",
        "Iterator",
        "None",
        "object",
    }
)


class CheckedTypes:
    """The types of inputs and outputs, as arguments of their declarations."""

    def __init__(self, linking: Linking) -> None:
        self._linking = linking
        self._known: dict[tuple[str, str], tuple[tuple[str, Tree], ...]] = {}

    def of(
        self, op: OpDefinition, annotation: str | None, kind: str, name: str
    ) -> tuple[tuple[str, Tree], ...]:
        """The type of an input ("in") or output ("out"), where the decorator or annotation says
        one."""
        declared = self._linking.declared_type(op.function, kind, name)
        if declared is not None:
            return (("type", Atom(declared)),)
        if annotation is None:
            return ()
        place = op.function.module, annotation
        known = self._known.get(place)
        if known is None:
            checked = checked_type(annotation)
            expression = self._linking.annotation(op.function, checked) if checked else None
            known = self._known[place] = (("type", Atom(expression)),) if expression else ()
        return known


def checked_type(annotation: str) -> str | None:
    """The part of an annotation that a value has to conform to; None if any value does."""
    if annotation.isidentifier() and not iskeyword(annotation):
        return None if annotation in _OPEN or annotation in _ENVELOPES else annotation
    try:
        node = ast.parse(annotation, mode="eval").body
    except SyntaxError:
        return None
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return checked_type(node.value)
    head = node.value if isinstance(node, ast.Subscript) else node
    name = ast.unparse(head).rpartition(".")[2]
    if name in _OPEN:
        return None
    if name in _ENVELOPES:
        return checked_type(ast.unparse(node.slice)) if isinstance(node, ast.Subscript) else None
    if any(each.rpartition(".")[2] in _ENVELOPES for each in _names(node)):
        return None
    return annotation


def annotated_outputs(op: OpDefinition) -> Iterator[Output]:
    """The outputs, those of several with what the annotation of the function says of them."""
    said = element_types(op.returns, len(op.outputs))
    for number, output in enumerate(op.outputs):
        is_said = bool(said) and output.annotation is None
        yield replace(output, annotation=said[number]) if is_said else output


def element_types(returns: str | None, count: int) -> tuple[str, ...]:
    """The annotations of the values that are returned for several outputs; nothing if the
    annotation of the function does not say them."""
    if count < 2 or not returns:
        return ()
    try:
        node = ast.parse(returns, mode="eval").body
    except SyntaxError:
        return ()
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Tuple):
        return ()
    if ast.unparse(node.value).rpartition(".")[2].lower() != "tuple":
        return ()
    if len(node.slice.elts) != count:
        return ()
    return tuple(ast.unparse(each) for each in node.slice.elts)


def _names(node: ast.expr) -> list[str]:
    """The dotted names in an annotation."""
    names = (each for each in ast.walk(node) if isinstance(each, (ast.Name, ast.Attribute)))
    return [ast.unparse(each) for each in names]
