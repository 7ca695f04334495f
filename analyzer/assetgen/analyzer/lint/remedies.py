"""Fixes for findings of the analysis itself, made from the code at the finding.

The analysis reports a wrong argument where it reads it; whether that can be fixed depends on how it
is written there: a literal can be replaced, a name cannot.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping

from assetgen.analyzer.lint.sources import Sources
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.diagnostics import Diagnostic, Edit, Fix
from assetgen.analyzer.syntax.module import ParsedModule, parse_module


def with_remedy(finding: Diagnostic, sources: Sources) -> Diagnostic:
    """The finding with a fix, if it has none and one can be made."""
    remedy = REMEDIES.get(finding.rule)
    content = sources(finding.span.path) if remedy and finding.fix is None else None
    module = parse_module(content, finding.span.path) if content is not None else None
    if remedy is None or not isinstance(module, ParsedModule):
        return finding
    for node, owner in _text_at(finding, module):
        text = remedy(node, owner)
        if text is not None:
            edit = Edit(module.span(node), text)
            return replace(finding, fix=Fix(f"Write `{text}`", (edit,), safe=True))
    return finding


Remedy = Callable[[ast.Constant, str], str | None]
"""The text to put for a string, given it and what it is given to; None if it must stay.

What it is given to is `name=` for a keyword, `name=[]` for an element of a list there, `Name()`
for the first argument of a call.
"""


def _as_list(node: ast.Constant, owner: str) -> str | None:
    return f"[{_quoted(node.value)}]" if owner in ("deps=", "non_argument_deps=") else None


def _as_parts(node: ast.Constant, owner: str) -> str | None:
    parts = str(node.value).split("/")
    if owner not in _KEYS or len(parts) < 2 or not all(parts):
        return None
    return f"[{', '.join(map(_quoted, parts))}]"


_KEYS = frozenset(
    ("key=", "key_prefix=", "asset=", "deps=[]", "AssetKey()", "AssetSpec()", "AssetDep()")
)
"""Where a list of parts is as good as a key, and a string is a key of one part."""

REMEDIES: Mapping[str, Remedy] = {
    "string-deps": _as_list,
    "slash-in-key": _as_parts,
}


def _quoted(text: object) -> str:
    return json.dumps(text, ensure_ascii=False)


def _text_at(finding: Diagnostic, module: ParsedModule) -> Iterator[tuple[ast.Constant, str]]:
    """The only string at the place of a finding, or in the argument there."""
    found = [
        (node, owner)
        for node, owner in _strings(module.tree)
        if node.lineno <= finding.span.end_line and (node.end_lineno or 0) >= finding.span.line
        if _is_at(finding, module, node)
    ]
    if len(found) == 1:
        yield found[0]


def _is_at(finding: Diagnostic, module: ParsedModule, node: ast.Constant) -> bool:
    span, place = module.span(node), finding.span
    return (place.line, place.column) <= (span.line, span.column) and (
        (span.end_line, span.end_column) <= (place.end_line, place.end_column)
    )


def _strings(tree: ast.Module) -> Iterator[tuple[ast.Constant, str]]:
    """Every string that is an argument, or an element of a list that is an argument."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        function = ast.unparse(call.func).rpartition(".")[2]
        for argument in call.args[:1]:
            yield from _string(argument, f"{function}()")
        for keyword in call.keywords:
            yield from _string(keyword.value, f"{keyword.arg}=")
            if isinstance(keyword.value, ast.List):
                for element in keyword.value.elts:
                    yield from _string(element, f"{keyword.arg}=[]")


def _string(node: ast.expr, owner: str) -> Iterator[tuple[ast.Constant, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node, owner
