"""A lint report as text, for people and for machines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assetgen.analyzer.lint.formats.concise import concise
from assetgen.analyzer.lint.formats.full import full
from assetgen.analyzer.lint.formats.github import github
from assetgen.analyzer.lint.formats.json import json_report
from assetgen.analyzer.lint.formats.sarif import sarif
from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.sources import Sources

Format = Callable[[LintReport, Sources], str]
"""Text that ends with a newline, unless it is empty."""

FORMATS: Mapping[str, Format] = {
    "full": full,
    "concise": concise,
    "json": json_report,
    "github": github,
    "sarif": sarif,
}
