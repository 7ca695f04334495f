"""What `lint` found, in which texts and with which values, for when little has changed since.

Most edits can be seen from the texts alone to change nothing but positions: comments, blank lines,
bodies of functions. Then findings move along, and nothing is analysed. After other edits, what does
not depend on the files that have changed is not evaluated again.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from assetgen.analyzer.edits.changes import moves_of
from assetgen.analyzer.edits.moved_findings import moved
from assetgen.analyzer.edits.moves import Moves
from assetgen.analyzer.edits.readings import Readings
from assetgen.analyzer.lint.formats import FORMATS
from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.sources import Sources, sources_of
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Disk, EntryKind
from assetgen.analyzer.project.files.shown import shown
from assetgen.analyzer.project.observations import Observation, observe
from assetgen.analyzer.retention.buffers import Buffer
from assetgen.cli.cache import Outcome
from assetgen.cli.exit_code import ExitCode

if TYPE_CHECKING:
    from assetgen.analyzer.analysis import Analysis
    from assetgen.cli.pieces import Store

MAX_BYTES: Final = 32 * 1024 * 1024
"""The texts of larger projects are not kept."""


@dataclass(frozen=True, slots=True)
class Base:
    """A report; `told` goes to standard error; `asked` is what was asked for, as `Linting.asked`.

    `files` are the modules by the paths that spans show, `readings` the parts of the texts that
    counted, `texts` the contents of the Python files that were read, `folders` what was found in
    folders under the names that were looked up (or under all names), `values` the values of
    modules, as `cli.values` packs them. Of `files` only those `marked` may hold suppressions, and
    of other files those that are `harmless` define nothing: they need not be read to find that out.
    `last` is what the run continued from.
    """

    report: LintReport
    asked: Sequence[Any]
    told: str
    files: Mapping[str, str]
    readings: Readings
    texts: Texts
    folders: Mapping[str, Mapping[str, str]]
    values: tuple[Buffer, ...] = ()
    marked: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    last: Last | None = None

    @property
    def form(self) -> str:
        """How the report is written, which is among what was asked for."""
        form: str = self.asked[1]
        return form


class Texts(Mapping[str, bytes]):
    """The contents of files by their paths, each packed."""

    def __init__(self, packed: Mapping[str, Buffer]) -> None:
        self.packed = packed

    def __getitem__(self, path: str) -> bytes:
        return zlib.decompress(self.packed[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)


@dataclass(frozen=True, slots=True)
class Last:
    """The base of the last run, what that run saw of the disk, and what of it has changed.

    `store` is where most of it is kept.
    """

    base: Base
    observations: tuple[Observation, ...]
    changed: tuple[Observation, ...]
    store: Store

    def agrees(self, now: Iterable[Observation]) -> bool:
        """Whether files that had not changed were seen now as they were then."""
        changed = {each.path for each in self.changed}
        then = {each.path: each.digest for each in self.observations if not each.is_folder}
        return all(
            then.get(each.path, each.digest) == each.digest
            for each in now
            if not each.is_folder and each.path not in changed
        )

    def with_those_of(self, now: Iterable[Observation]) -> tuple[Observation, ...]:
        """What was seen now, and what was seen then of files that have not been read again."""
        gone = {(each.path, each.is_folder) for each in (*self.changed, *now)}
        left = (each for each in self.observations if (each.path, each.is_folder) not in gone)
        found = (*now, *(each for each in left if not each.is_folder))
        return tuple(sorted(found, key=lambda each: (each.path, each.is_folder)))


def base_of(
    report: LintReport,
    asked: Sequence[Any],
    told: str,
    analysis: Analysis,
    disk: Disk,
    last: Last | None,
    values: tuple[Buffer, ...],
) -> Base | None:
    """The base that a run leaves for the next; None if it would be too large."""
    from assetgen.analyzer.lint.suppressions import MARKER
    from assetgen.analyzer.resolve.strays import may_define

    texts = dict(_kept_texts(disk, last))
    if sum(map(len, texts.values())) > MAX_BYTES:
        return None
    files = {module.path: module.file for module in analysis.pipeline.modules}
    folders = {path: _entries(names, found) for path, names, found in disk.lookups()}
    # A file that was not read is known to hold no suppressions.
    contents = ((path, disk.known(file)) for path, file in files.items())
    marked = tuple(path for path, text in contents if isinstance(text, bytes) and MARKER in text)
    harmless = tuple(path for path, does in disk.derived(may_define) if not does)
    kept = Texts(texts), folders, values, marked, harmless
    return Base(report, asked, told, files, analysis.readings, *kept, last)


def unread(last: Last, disk: Disk) -> Iterator[str]:
    """The files that hold no suppressions, as the last run found out, by the paths that spans show;
    nor will the disk read those that define nothing."""
    from assetgen.analyzer.resolve.strays import may_define

    changed = {each.path for each in last.changed}
    for path in last.base.harmless:
        if path not in changed:
            disk.assume(may_define, path, False)
    for path, file in last.base.files.items():
        if file not in changed and path not in last.base.marked:
            yield path


def _entries(names: tuple[str, ...] | None, listing: Mapping[str, EntryKind]) -> dict[str, str]:
    """The kinds of what was found in a folder under some names, or under all."""
    return {
        name: listing[name].value
        for name in (listing if names is None else names)
        if name in listing
    }


def _kept_texts(disk: Disk, last: Last | None) -> Iterator[tuple[str, Buffer]]:
    """The texts that were read now, or earlier and are unchanged."""
    before: dict[str, Buffer] = {}
    if last is not None:
        changed = {each.path for each in last.changed}
        packed = last.base.texts.packed
        before = {path: text for path, text in packed.items() if path not in changed}
        yield from before.items()
    for path, content in disk.contents():
        if path not in before and isinstance(content, bytes) and path.endswith(".py"):
            yield path, zlib.compress(content, _LEVEL)


_LEVEL: Final = 1


def written(report: LintReport, form: str, told: str, sources: Sources) -> Outcome:
    """What `lint` prints for a report."""
    code = ExitCode.FINDINGS if report.failed else ExitCode.OK
    return Outcome(FORMATS[form](report, sources), int(code), told)


def mended(last: Last) -> tuple[Outcome, tuple[Observation, ...]] | None:
    """What a run would print now, and what it would see, derived from the last one alone.

    None if that takes a new run.
    """
    base, disk = last.base, Disk()
    moves: dict[str, Moves] = {}
    changed = {each.path for each in last.changed}
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
    return outcome, tuple(seen.get(each.path, each) for each in last.observations)
