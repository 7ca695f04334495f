"""Diagnostics about the project's own files: what is declared but missing, what cannot be read."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.spans import start_of
from assetgen.analyzer.project.disk import Refused
from assetgen.analyzer.project.files.shown import shown
from assetgen.analyzer.project.locations.declarations import Declaration
from assetgen.analyzer.project.modules.modules import Project


def missing(declaration: Declaration, project: Project) -> Diagnostic:
    """For a declared code location whose module or file does not exist."""
    named: Iterable[str] = declaration.modules or filter(None, [declaration.defs_module])
    what = ", ".join(f"module `{name}`" for name in named)
    if declaration.file is not None:
        what = f"file `{shown(declaration.file)}`"
    folders = ", ".join(shown(root) for root in project.source_roots)
    message = f"The code location `{declaration.name}` is not found: no {what} in {folders}"
    return diagnostic("missing-code-location", message, declaration.span)


def unreadable(refused: Refused) -> Diagnostic:
    """For a file or folder that cannot be read."""
    place = start_of(shown(refused.path))
    return diagnostic("file-not-readable", refused.reason, place)
