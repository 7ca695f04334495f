"""Findings with the code that they are about."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.sources import Sources, decode, lines_of
from assetgen.analyzer.model.diagnostics import Diagnostic, Fix, Severity
from assetgen.analyzer.model.printable import in_place, printable
from assetgen.analyzer.model.spans import Span


def full(report: LintReport, sources: Sources) -> str:
    """Each finding with its source, the related places with theirs, and the fix; then the
    totals."""
    lines = _Lines(sources)
    blocks = ["\n".join(_finding(finding, lines)) for finding in report.findings]
    return "\n\n".join((*blocks, _summary(report))) + "\n"


class _Lines:
    """The lines of files, each file read once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._lines: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str | None:
        if path not in self._lines:
            content = self._sources(path)
            decoded = decode(content) if content else None
            self._lines[path] = lines_of(decoded[0]) if decoded else []
        lines = self._lines[path]
        return lines[number - 1].rstrip("\r\n") if 1 <= number <= len(lines) else None


def _finding(finding: Diagnostic, lines: _Lines) -> Iterator[str]:
    heading = f"{finding.severity.value}[{finding.code}] {finding.rule}: {finding.message}"
    yield printable(heading)
    yield from _excerpt(finding.span, "", lines)
    for related in finding.related:
        yield from _excerpt(related.span, related.message, lines)
    if finding.fix:
        yield printable(f"  help: {_help(finding.fix)}")


def _help(fix: Fix) -> str:
    flag = "--fix" if fix.safe else "--fix --unsafe-fixes"
    return f"{fix.title} (`{flag}` does it)"


def _excerpt(span: Span, note: str, lines: _Lines) -> Iterator[str]:
    yield printable(f"  --> {span}")
    source = lines.line(span.path, span.line)
    if source is None:
        if note:
            yield printable(f"      {note}")
        return
    number = str(span.line)
    margin = " " * len(number)
    shown = in_place(source.expandtabs(4))
    start = len(source[: span.column - 1].expandtabs(4))
    last = len(source) if span.end_line > span.line else span.end_column - 1
    end = len(source[:last].expandtabs(4))
    marks = "^" * max(1, end - start)
    yield f"   {margin} |"
    yield f"   {number} | {shown}"
    yield f"   {margin} | {' ' * start}{marks}{' ' + printable(note) if note else ''}"


def _summary(report: LintReport) -> str:
    counted = [
        f"{count} {_plural(word, count)}"
        for severity, word in _WORDS
        if (count := report.count(severity))
    ]
    found = ", ".join(counted) if counted else "nothing found"
    allowed = f" ({report.allowed} allowed by comments)" if report.allowed else ""
    fixable = sum(finding.fix is not None for finding in report.findings)
    offer = f"; {fixable} can be fixed" if fixable else ""
    return f"{found}{allowed}{offer}"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


_WORDS = (
    (Severity.ERROR, "error"),
    (Severity.WARNING, "warning"),
    (Severity.INFO, "note"),
)
