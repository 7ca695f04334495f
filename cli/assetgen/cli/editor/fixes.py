"""Fixes as the code actions of an editor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from lsprotocol import types

from assetgen.analyzer.lint.fixes import repair
from assetgen.analyzer.model.diagnostics import Diagnostic, Fix
from assetgen.cli.editor.findings import diagnostic_of
from assetgen.cli.editor.positions import Positions

FIX_ALL: Final = f"{types.CodeActionKind.SourceFixAll.value}.assetgen"


def fixes_at(positions: Positions, file: Path, lines: tuple[int, int]) -> list[types.CodeAction]:
    """A fix of each thing that is found in some lines of a file and has one; lines count from 1."""
    first, last = lines
    return [
        types.CodeAction(
            fix.title,
            types.CodeActionKind.QuickFix,
            [diagnostic_of(finding, positions)],
            is_preferred=fix.safe,
            edit=_edit((fix,), positions),
        )
        for finding, fix in _fixes(positions, file)
        if finding.span.line <= last and first <= finding.span.end_line
    ]


def all_safe_fixes(positions: Positions, file: Path) -> list[types.CodeAction]:
    """What applies the safe fixes of a file that change no other, if there are any."""
    own = (
        finding
        for finding, fix in _fixes(positions, file)
        if all(edit.span.path == finding.span.path for edit in fix.edits)
    )
    fixes = [each.fix for each in repair(own, positions.state.sources).fixed if each.fix]
    title = "Apply all safe fixes of assetgen"
    return [types.CodeAction(title, FIX_ALL, edit=_edit(fixes, positions))] if fixes else []


def _fixes(positions: Positions, file: Path) -> Iterator[tuple[Diagnostic, Fix]]:
    path = positions.state.shown(file)
    for finding in positions.state.linted.report.findings:
        if finding.fix is not None and finding.span.path == path:
            yield finding, finding.fix


def _edit(fixes: Iterable[Fix], positions: Positions) -> types.WorkspaceEdit:
    changes: dict[str, list[types.TextEdit]] = {}
    for edit in dict.fromkeys(edit for fix in fixes for edit in fix.edits):
        written = types.TextEdit(positions.range(edit.span), edit.text)
        changes.setdefault(positions.uri(edit.span), []).append(written)
    return types.WorkspaceEdit(changes)
