"""Fixes written to disk, round by round, until there is nothing left to fix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assetgen.analyzer.lint.fixes import FileChange, repair
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.lint.sources import sources_on_disk
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.analyzer.project.files.replacement import replace_file

MAX_ROUNDS = 10
"""A fix may make room for another; fixes that undo each other stop here."""


@dataclass(frozen=True, slots=True)
class FixReport:
    """What was fixed, in that order, and what a run finds in the files afterwards."""

    fixed: tuple[Diagnostic, ...]
    remaining: LintReport


def fix_files(
    analyse: Callable[[], Pipeline], options: LintOptions, *, unsafe: bool = False
) -> FixReport:
    """Lint, fix, write, and repeat; `analyse` reads the files again.

    Each file is replaced atomically: it holds the old text or the new one. Raises OSError if a file
    cannot be written.
    """
    fixed: list[Diagnostic] = []
    for _ in range(MAX_ROUNDS):
        pipeline = analyse()
        report = lint(pipeline, options)
        result = repair(report.findings, sources_on_disk(pipeline), unsafe=unsafe)
        if not result.changes:
            return FixReport(tuple(fixed), report)
        files = {module.path: Path(module.file) for module in pipeline.modules}
        for change in result.changes:
            _replace(files.get(change.path, Path(change.path)), change)
        fixed += result.fixed
    return FixReport(tuple(fixed), lint(analyse(), options))


def _replace(file: Path, change: FileChange) -> None:
    # A link stays a link: what it points at is replaced.
    file = file.resolve()
    replace_file(file, (change.after,), file.stat().st_mode)
