"""Paths below the folder in which a script is generated, in values that were found out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.pipeline import Module
from assetgen.analyzer.model.spans import Span
from assetgen.codegen.link.fragments.problems import REWRITTEN_PATH, problem

_REWRITTEN = (
    "a path that the code asks for is written from the folder in which the script was generated: "
    "run it from there"
)


def folder_of(modules: Iterable[Module]) -> str:
    """The folder that the paths of modules are shown from; empty if none tells."""
    for module in modules:
        if module.file.endswith(f"/{module.path}"):
            return module.file[: -len(module.path) - 1]
    return ""


def from_folder(source: str, folder: str, holder: Span) -> tuple[str, tuple[Diagnostic, ...]]:
    """The source of plain data, with strings that are paths below the folder made relative, and
    what is to be told of it at the place that holds the data."""
    if not folder or folder not in source:
        return source, ()
    written = re.sub(
        rf"(?<![\w.])(['\"]){re.escape(folder)}(/|(?=\1))",
        lambda found: found[1] if found[2] else f"{found[1]}.",
        source,
    )
    if written == source:
        return source, ()
    return written, (problem(REWRITTEN_PATH, _REWRITTEN, holder, Severity.WARNING),)
