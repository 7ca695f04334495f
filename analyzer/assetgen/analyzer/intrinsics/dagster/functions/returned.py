"""Return annotations of functions with several outputs, which must be tuples."""

from __future__ import annotations

import ast

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Class, External, Value
from assetgen.analyzer.intrinsics.dagster.functions.signature import (
    Annotation,
    Signature,
    annotation_of,
    annotation_text,
)


def check_returned(call: Call, signature: Signature, outputs: int, site: Site) -> None:
    """Report an annotation that Dagster refuses for `outputs` outputs, including those of checks.

    That of a generator is ignored.
    """
    node = signature.returns
    if outputs < 2 or node is None or signature.is_generator:
        return
    count = _count(call, signature, node)
    if count is not None and count != outputs:
        message = f"a function with {outputs} outputs is annotated to return a tuple of {count}"
        call.report("invalid-definition", message, site)
        return
    if _is_none(node) or _is_surely_one_value(annotation_of(call, signature, _base(node))):
        call.report(
            "invalid-definition",
            f"a function with {outputs} outputs cannot be annotated to return "
            f"`{annotation_text(node)}`: Dagster wants a tuple, or no annotation",
            site,
        )


def _count(call: Call, signature: Signature, node: Annotation) -> int | None:
    """How many members a tuple has by its annotation, if that says so."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.slice, ast.Tuple):
        return None
    if annotation_of(call, signature, node.value) not in _TUPLES:
        return None
    return len(node.slice.elts)


_TUPLES = (External("builtins.tuple"), External("typing.Tuple"))


def _is_none(node: Annotation) -> bool:
    return isinstance(node, ast.Constant) and node.value in (None, "None")


def _base(node: Annotation) -> Annotation:
    """What is subscripted in a generic type."""
    return node.value if isinstance(node, ast.Subscript) else node


def _is_surely_one_value(annotation: Value) -> bool:
    if isinstance(annotation, Class):
        return not any(
            isinstance(base, External) and base.qualname.startswith("dagster")
            for base in annotation.mro
        )
    return isinstance(annotation, External) and annotation.qualname in _SINGLE


_SINGLE = frozenset(
    (
        *(f"builtins.{name}" for name in ("int", "str", "float", "bool", "bytes", "object")),
        *(f"builtins.{name}" for name in ("dict", "list", "set", "frozenset")),
        *(f"typing.{name}" for name in ("Any", "Dict", "List", "Set", "Mapping", "Sequence")),
        *(f"typing.{name}" for name in ("Iterable", "Iterator", "Generator", "Optional")),
        *(f"collections.abc.{name}" for name in ("Mapping", "Sequence", "Iterable", "Iterator")),
        "collections.abc.Generator",
        *("pandas.DataFrame", "polars.DataFrame"),
    )
)
"""Types that are neither tuples nor results of Dagster's."""
