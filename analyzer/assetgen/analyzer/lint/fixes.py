"""Fixes applied to text: which of them are compatible, and what the files become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.lint.sources import Sources, decode, lines_of
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Edit
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.syntax.module import ParsedModule, parse_module


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file as it was and as the fixes leave it, both as bytes in the file's own encoding."""

    path: str
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Repair:
    """The findings whose fixes are in `changes`, and those whose fixes could not be applied.

    A fix is applied as a whole, in all of its files, or not at all.
    """

    changes: tuple[FileChange, ...]
    fixed: tuple[Diagnostic, ...]
    refused: tuple[Diagnostic, ...]


def repair(findings: Iterable[Diagnostic], sources: Sources, *, unsafe: bool = False) -> Repair:
    """Apply the fixes of `findings` to the text of their files; nothing is written.

    Only safe fixes are applied, unless `unsafe` asks for all. These are refused: a fix that
    overlaps an earlier one (in the order of the findings), one whose place is not in its file or
    whose text is not in its encoding, and all fixes in a file that could be parsed before but not
    after.
    """
    offered = [each for each in findings if each.fix and (each.fix.safe or unsafe)]
    contents = {path: sources(path) for path in sorted(set(_paths(offered)))}
    texts = {path: _Text.of(path, content) for path, content in contents.items()}
    taken, refused = _without_overlaps(offered, texts)
    while True:
        changes = [_changed(text, taken) for text in texts.values() if text is not None]
        broken = {each.path for each in changes if each.after != each.before and _breaks(each)}
        if not broken:
            return Repair(
                changes=tuple(each for each in changes if each.after != each.before),
                fixed=tuple(taken),
                refused=tuple(refused),
            )
        refused += [each for each in taken if broken & set(_paths([each]))]
        taken = [each for each in taken if not broken & set(_paths([each]))]


def _paths(findings: Iterable[Diagnostic]) -> Iterator[str]:
    return (edit.span.path for finding in findings for edit in _edits(finding))


def _edits(finding: Diagnostic) -> tuple[Edit, ...]:
    return finding.fix.edits if finding.fix else ()


@dataclass(frozen=True, slots=True)
class _Text:
    """A decoded file, and where its lines start."""

    path: str
    content: bytes
    text: str
    encoding: str
    starts: tuple[int, ...]

    @staticmethod
    def of(path: str, content: bytes | None) -> _Text | None:
        decoded = decode(content) if content is not None else None
        if content is None or decoded is None:
            return None
        text, encoding = decoded
        starts = [0]
        for line in lines_of(text):
            starts.append(starts[-1] + len(line))
        return _Text(path, content, text, encoding, tuple(starts))

    def range_of(self, span: Span) -> tuple[int, int] | None:
        """The offsets of a span, or None if the file has no such range."""
        if not 1 <= span.line <= span.end_line <= len(self.starts):
            return None
        start = self.starts[span.line - 1] + span.column - 1
        end = self.starts[span.end_line - 1] + span.end_column - 1
        return (start, end) if 0 <= start <= end <= len(self.text) else None

    def can_hold(self, text: str) -> bool:
        """Whether the encoding of the file has all the characters of `text`."""
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return False
        return True


def _without_overlaps(
    offered: list[Diagnostic], texts: dict[str, _Text | None]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    taken: list[Diagnostic] = []
    refused: list[Diagnostic] = []
    occupied: dict[str, dict[tuple[int, int], str]] = {}
    for finding in offered:
        if all(_fits(edit, texts.get(edit.span.path), occupied) for edit in _edits(finding)):
            for edit in _edits(finding):
                place = _place(edit, texts[edit.span.path])
                if place is not None:
                    occupied.setdefault(edit.span.path, {})[place] = edit.text
            taken.append(finding)
        else:
            refused.append(finding)
    return taken, refused


def _fits(edit: Edit, text: _Text | None, occupied: dict[str, dict[tuple[int, int], str]]) -> bool:
    place = _place(edit, text)
    if text is None or place is None or not text.can_hold(edit.text):
        return False
    others = occupied.get(edit.span.path, {})
    # Two findings may ask for the same change.
    return others.get(place) == edit.text or not any(_overlap(place, other) for other in others)


def _place(edit: Edit, text: _Text | None) -> tuple[int, int] | None:
    return text.range_of(edit.span) if text else None


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one == other or (one[0] < other[1] and other[0] < one[1])


def _changed(text: _Text, findings: Iterable[Diagnostic]) -> FileChange:
    edits = {
        (*place, edit.text)
        for finding in findings
        for edit in _edits(finding)
        if edit.span.path == text.path and (place := text.range_of(edit.span))
    }
    after = text.text
    for start, end, replacement in sorted(edits, reverse=True):
        after = after[:start] + replacement + after[end:]
    return FileChange(text.path, text.content, after.encode(text.encoding))


def _breaks(change: FileChange) -> bool:
    return _parses(change.path, change.before) and not _parses(change.path, change.after)


def _parses(path: str, content: bytes) -> bool:
    return isinstance(parse_module(content, path), ParsedModule)
