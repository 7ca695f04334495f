"""What `lint` found, and in which texts, for when only lines have moved since.

Of most edits it can be told from the texts alone that they change nothing but places: comments,
empty lines, bodies of functions. Then findings move along, and nothing need be analysed.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import accumulate, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assetgen.analyzer.edits.changes import moves_of
from assetgen.analyzer.edits.moved_findings import moved
from assetgen.analyzer.edits.moves import Moves
from assetgen.analyzer.edits.readings import Readings
from assetgen.analyzer.lint.formats import FORMATS
from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.sources import Sources, sources_of
from assetgen.analyzer.model.diagnostics import Diagnostic, Edit, Fix, Related, Severity
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.observations import Observation, holds, observe
from assetgen.analyzer.project.shown import shown
from assetgen.cli.cache import FORMAT, Outcome, observation
from assetgen.cli.exit_code import ExitCode

if TYPE_CHECKING:
    from assetgen.analyzer.analysis import Analysis

MAX_BYTES: Final = 32 * 1024 * 1024
"""The texts of larger projects are not kept."""


@dataclass(frozen=True, slots=True)
class Base:
    """A report and how it is to be written; `told` goes to standard error.

    `files` are the modules by the paths that spans show, `readings` what of the texts counted,
    `texts` what was in the Python files that were read.
    """

    report: LintReport
    form: str
    told: str
    files: Mapping[str, Path]
    readings: Readings
    texts: Mapping[str, bytes]


def base_of(
    report: LintReport, form: str, told: str, analysis: Analysis, disk: Disk
) -> Base | None:
    """The base that a run leaves behind; None where it would be too large."""
    texts = {
        path: content
        for path, content in disk.contents()
        if isinstance(content, bytes) and path.endswith(".py")
    }
    if sum(map(len, texts.values())) > MAX_BYTES:
        return None
    files = {module.path: Path(module.file) for module in analysis.pipeline.modules}
    return Base(report, form, told, files, analysis.readings, texts)


def written(report: LintReport, form: str, told: str, sources: Sources) -> Outcome:
    """What `lint` prints of a report."""
    code = ExitCode.FINDINGS if report.failed else ExitCode.OK
    return Outcome(FORMATS[form](report, sources), int(code), told)


def packed(base: Base, observations: Iterable[Observation]) -> Iterator[bytes]:
    """A base as it is kept, with what the disk looked like: a line of JSON and the texts, packed
    piece by piece, since they are larger than all else."""
    readings = base.readings
    head = {
        "format": FORMAT,
        "observations": [astuple(each) for each in observations],
        "findings": [_plain(each) for each in base.report.findings],
        "allowed": base.report.allowed,
        "form": base.form,
        "told": base.told,
        "files": {path: os.fspath(file) for path, file in base.files.items()},
        "entered": {file: sorted(lines) for file, lines in readings.entered.items()},
        "whole": sorted(readings.whole),
        "texts": {path: len(text) for path, text in base.texts.items()},
    }
    compressor = zlib.compressobj(1)
    yield compressor.compress(json.dumps(head).encode() + b"\n")
    for text in base.texts.values():
        yield compressor.compress(text)
    yield compressor.flush()


def mended(path: Path) -> tuple[Outcome, tuple[Observation, ...]] | None:
    """What a run would print now, and what it would see, by the base that is kept at `path`.

    None where that cannot be told without one.
    """
    try:
        whole = zlib.decompress(path.read_bytes())
        end = whole.index(b"\n")
        kept = json.loads(whole[:end])
        if kept["format"] != FORMAT:
            return None
        observations = [observation(*each) for each in kept["observations"]]
        return _mended(_unpacked(kept, _Texts(whole, end + 1, kept["texts"])), observations)
    except (OSError, ValueError, TypeError, KeyError, zlib.error):
        return None


def _mended(
    base: Base, observations: Sequence[Observation]
) -> tuple[Outcome, tuple[Observation, ...]] | None:
    disk = Disk()
    moves: dict[str, Moves] = {}
    changed = {each.path for each in observations if not holds(each)}
    for path in sorted(changed):
        before, after = base.texts.get(path), disk.read(Path(path))
        found = None
        if before is not None and isinstance(after, bytes):
            found = moves_of(Path(path), before, after, base.readings)
        if found is None:
            return None
        moves[shown(Path(path))] = found
    report = moved(base.report, moves)
    if report is None:
        return None
    outcome = written(report, base.form, base.told, sources_of(base.files, disk))
    seen = {each.path: each for each in observe(disk) if each.path in changed}
    return outcome, tuple(seen.get(each.path, each) for each in observations)


def _plain(finding: Diagnostic) -> tuple[object, ...]:
    plain = astuple(finding)
    return (*plain[:3], finding.severity.value, *plain[4:])


class _Texts(Mapping[str, bytes]):
    """Texts that lie one behind the other in `whole`, from `start` on, by their sizes."""

    def __init__(self, whole: bytes, start: int, sizes: Mapping[str, int]) -> None:
        self._whole = whole
        ends = accumulate(sizes.values(), initial=start)
        self._ends = dict(zip(sizes, islice(ends, 1, None), strict=True))
        self._sizes = sizes

    def __getitem__(self, path: str) -> bytes:
        end = self._ends[path]
        return self._whole[end - self._sizes[path] : end]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sizes)

    def __len__(self) -> int:
        return len(self._sizes)


def _unpacked(kept: Mapping[str, Any], texts: Mapping[str, bytes]) -> Base:
    entered = {file: frozenset(lines) for file, lines in kept["entered"].items()}
    return Base(
        LintReport(tuple(_finding(*each) for each in kept["findings"]), kept["allowed"]),
        kept["form"],
        kept["told"],
        {path: Path(file) for path, file in kept["files"].items()},
        Readings(entered, frozenset(kept["whole"])),
        texts,
    )


def _finding(
    rule: str,
    code: str,
    family: str,
    severity: str,
    message: str,
    span: Sequence[Any],
    related: Sequence[Sequence[Any]],
    fix: Sequence[Any] | None,
) -> Diagnostic:
    return Diagnostic(
        rule,
        code,
        family,
        Severity(severity),
        message,
        Span(*span),
        tuple(Related(text, Span(*place)) for text, place in related),
        _fix(*fix) if fix is not None else None,
    )


def _fix(title: str, edits: Sequence[Sequence[Any]], safe: bool) -> Fix:
    return Fix(title, tuple(Edit(Span(*place), text) for place, text in edits), safe)
