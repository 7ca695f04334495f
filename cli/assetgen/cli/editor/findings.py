"""Findings in the terms of editors: diagnostics of files, and fixes as code actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from lsprotocol import types

from assetgen.analyzer.lint.fixes import repair
from assetgen.analyzer.model.diagnostics import Diagnostic, Fix, Severity
from assetgen.cli.editor.positions import Positions
from assetgen.cli.editor.project import State

FIX_ALL: Final = f"{types.CodeActionKind.SourceFixAll.value}.assetgen"

Uris = Callable[[Path], str]
"""Gives the name by which an editor knows a file."""


def diagnostics_of(
    state: State, positions: Positions, uris: Uris
) -> dict[Path, tuple[types.Diagnostic, ...]]:
    """What is found in each file, if anything is."""
    found: dict[Path, list[types.Diagnostic]] = {}
    for finding in state.linted.report.findings:
        shown = _diagnostic(finding, state, positions, uris)
        found.setdefault(state.file(finding.span.path), []).append(shown)
    return {file: tuple(each) for file, each in found.items()}


def actions_at(
    state: State,
    positions: Positions,
    uris: Uris,
    file: Path,
    lines: tuple[int, int],
    wanted: Iterable[str] | None,
) -> list[types.CodeAction]:
    """The fixes of what is found in some lines of a file, and what applies all safe ones in it.

    Lines count from 1. `wanted` are kinds of actions, or None for all.
    """
    path, (first, last) = state.shown(file), lines
    found: list[types.CodeAction] = []
    here = [each for each in state.linted.report.findings if each.span.path == path]
    if _is_wanted(types.CodeActionKind.QuickFix.value, wanted):
        for finding in here:
            fix = finding.fix
            if fix is not None and finding.span.line <= last and first <= finding.span.end_line:
                found.append(
                    types.CodeAction(
                        fix.title,
                        types.CodeActionKind.QuickFix,
                        [_diagnostic(finding, state, positions, uris)],
                        is_preferred=fix.safe,
                        edit=_edit((fix,), state, positions, uris),
                    )
                )
    if _is_wanted(FIX_ALL, wanted):
        safe = repair((each for each in here if _only_in(each.fix, path)), state.sources).fixed
        fixes = [each.fix for each in safe if each.fix is not None]
        if fixes:
            edit = _edit(fixes, state, positions, uris)
            found.append(types.CodeAction("Fix all safe findings of assetgen", FIX_ALL, edit=edit))
    return found


_SEVERITIES: Final[Mapping[Severity, types.DiagnosticSeverity]] = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def _diagnostic(
    finding: Diagnostic, state: State, positions: Positions, uris: Uris
) -> types.Diagnostic:
    return types.Diagnostic(
        positions.range(finding.span),
        finding.message,
        _SEVERITIES[finding.severity],
        code=finding.rule,
        source="assetgen",
        related_information=[
            types.DiagnosticRelatedInformation(
                types.Location(uris(state.file(each.span.path)), positions.range(each.span)),
                each.message,
            )
            for each in finding.related
        ],
    )


def _edit(
    fixes: Iterable[Fix], state: State, positions: Positions, uris: Uris
) -> types.WorkspaceEdit:
    changes: dict[str, list[types.TextEdit]] = {}
    for edit in dict.fromkeys(edit for fix in fixes for edit in fix.edits):
        written = types.TextEdit(positions.range(edit.span), edit.text)
        changes.setdefault(uris(state.file(edit.span.path)), []).append(written)
    return types.WorkspaceEdit(changes)


def _only_in(fix: Fix | None, path: str) -> bool:
    return fix is not None and all(edit.span.path == path for edit in fix.edits)


def _is_wanted(kind: str, wanted: Iterable[str] | None) -> bool:
    return wanted is None or any(
        kind == each or kind.startswith(f"{each}.") for each in _names(wanted)
    )


def _names(kinds: Iterable[str]) -> Iterator[str]:
    """Kinds as text: those of the protocol come as an enumeration."""
    return (str(getattr(kind, "value", kind)) for kind in kinds)
