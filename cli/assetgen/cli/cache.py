"""What a command printed, kept until anything that it was computed from changes.

An entry is the command's outcome with the observations of the disk that it rests on. It is found
by a key over everything else that counts: our own code, the Python that runs it, the working
directory and the options. Beside it may lie what is needed to bring an outcome up to date after
files have changed (see `bases`). Entries are written whole or not at all; one that cannot be read
is as good as none. A result is only ever taken from the cache if a new run would give the same.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.digests import blake2b

if TYPE_CHECKING:
    from assetgen.analyzer.project.disk import Disk
    from assetgen.analyzer.project.observations import Observation
    from assetgen.analyzer.retention.buffers import Buffer
    from assetgen.analyzer.syntax.proven import Proven
    from assetgen.cli.bases import Base, Last

MAX_BYTES: Final = 64 * 1024 * 1024
"""How large the folder may grow before the least recently used entries are removed."""
FORMAT: Final = 8
_PIECE: Final = 1 << 16
"""Characters of a text that are encoded at once."""
_SUFFIXES: Final = (".json", ".base", ".pieces", ".proofs")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command prints to standard output and standard error, and its exit code."""

    text: str
    exit_code: int = 0
    told: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """A key without a valid entry, and what the last run left for it."""

    key: str
    last: Last | None = None


class Cache:
    """A folder of entries; without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def remembered(
        self,
        asked: Mapping[str, object],
        compute: Callable[[Disk, Proven | None, Last | None], tuple[Outcome, Base | None]],
        missed: Missed | None = None,
    ) -> Outcome:
        """The outcome of `compute`, from the cache if what it depends on is unchanged.

        `asked` is everything that it depends on besides what it reads through the disk that it is
        given, and the base of the last run, if there is one; `missed` is what is known of it if it
        was looked up already. What `compute` returns with an outcome is kept for when little has
        changed.
        """
        from assetgen.analyzer.project.disk import Disk
        from assetgen.analyzer.project.observations import observe

        if self.folder is None:
            return compute(Disk(), None, None)[0]
        if missed is None:
            said = self.said(digest_of(asked))
            if isinstance(said, Outcome):
                return said
            missed = said
        from assetgen.cli import proofs

        disk, proven, last = Disk(), proofs.read(self.folder), missed.last
        outcome, base = compute(disk, proven, last)
        observations = observe(disk)
        if last is not None and not last.agrees(observations):
            disk = Disk()
            outcome, base = compute(disk, proven, None)
            observations = observe(disk)
        proofs_now = proofs.packed(proven)
        if proofs_now is not None:
            self._write(proofs.path_in(self.folder), (proofs_now,))
        if base is not None and base.last is not None:
            observations = base.last.with_those_of(observations)
        self._write(self.folder / f"{missed.key}.json", _entry(outcome, observations))
        if base is not None:
            self._keep(missed.key, base, observations)
        return outcome

    def said(self, key: str) -> Outcome | Missed:
        """The outcome for a key, if it is known or can be brought up to date."""
        if self.folder is None:
            return Missed(key)
        path, base = self.folder / f"{key}.json", self.folder / f"{key}.base"
        known = _valid_entry(path)
        if known is not None:
            return known
        if not base.exists():
            return Missed(key)
        from assetgen.cli import bases, packing

        last = packing.unpacked(base)
        mended = bases.mended(last) if last is not None else None
        if mended is None:
            return Missed(key, last)
        outcome, observations = mended
        self._write(path, _entry(outcome, observations))
        return outcome

    @property
    def size(self) -> int:
        """How many outcomes are kept."""
        return sum(path.suffix == ".json" for path in self.files())

    def files(self) -> tuple[Path, ...]:
        """The files of the cache, the least recently used first."""
        if self.folder is None or not self.folder.is_dir():
            return ()
        found = [path for path in self.folder.iterdir() if path.suffix in _SUFFIXES]
        return tuple(sorted(found, key=lambda path: (_used(path), path.name)))

    def clear(self) -> int:
        """Remove everything that is kept; returns how many outcomes there were."""
        size = self.size
        for path in self.files():
            path.unlink(missing_ok=True)
        return size

    def _keep(self, key: str, base: Base, observations: Iterable[Observation]) -> None:
        """Write a base, and its store first if that is a new one."""
        from assetgen.cli import packing

        assert self.folder is not None
        packed = packing.packed(base, observations, key)
        if packed.stored:
            self._write(self.folder / packed.store, packed.stored)
        else:
            _use(self.folder / packed.store)
        self._write(self.folder / f"{key}.base", packed.base)
        if packed.stored:
            for old in self.folder.glob(f"{key}-*"):
                if old.name != packed.store:
                    with suppress(OSError):
                        old.unlink(missing_ok=True)

    def _write(self, path: Path, content: Iterable[Buffer]) -> None:
        """A cache that cannot be written to is not an error."""
        # What runs when nothing has changed writes nothing.
        from assetgen.analyzer.project.files.replacement import replace_file

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, content, 0o600)
            self._shrink()
        except OSError:
            return

    def _shrink(self) -> None:
        sizes = {path: path.stat().st_size for path in self.files() if path.exists()}
        total = sum(sizes.values())
        for path, size in sizes.items():
            if total <= MAX_BYTES:
                return
            path.unlink(missing_ok=True)
            total -= size


def cache_of(disabled: bool, folder: Path | None) -> Cache:
    """The cache that the options ask for."""
    if disabled:
        return Cache(None)
    return Cache(folder if folder is not None else default_folder(os.environ))


def default_folder(environment: Mapping[str, str]) -> Path | None:
    """Where the platform keeps caches, or `ASSETGEN_CACHE_DIR`; None if that is set and empty."""
    own = environment.get("ASSETGEN_CACHE_DIR")
    if own is not None:
        return Path(own) if own else None
    from platformdirs import user_cache_path

    return user_cache_path("assetgen", appauthor=False)


def digest_of(asked: Mapping[str, object]) -> str:
    """The key of what is asked: a digest of that, our own code, Python, the working directory and
    the year, which is known to the code that is read."""
    year = time.localtime().tm_year
    everything = [FORMAT, sys.version, os.getcwd(), year, _engine(), asked]  # noqa: PTH109
    text = json.dumps(everything, sort_keys=True, default=str)
    return blake2b(text.encode(errors="surrogateescape"), digest_size=20).hexdigest()


def _engine() -> str:
    """A digest of our own code's sizes and times, so that a new version starts afresh."""
    import assetgen

    digest = blake2b(digest_size=16)
    for root in sorted(assetgen.__path__):
        for name, size, modified in sorted(_files(root)):
            digest.update(f"{name}\0{size}\0{modified}\0".encode(errors="surrogateescape"))
    return digest.hexdigest()


def _files(folder: str) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            elif not entry.name.endswith(".pyc"):
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns


def _entry(outcome: Outcome, observations: Iterable[Observation]) -> Iterator[bytes]:
    """What is written for an outcome, piece by piece: its text may be larger than everything
    else."""
    seen = json.dumps(list(map(in_kept_form, observations)))
    yield f'{{"format": {FORMAT}, "observations": {seen}, "outcome": ["'.encode()
    for start in range(0, len(outcome.text), _PIECE):
        yield json.dumps(outcome.text[start : start + _PIECE])[1:-1].encode()
    yield f'", {outcome.exit_code}, {json.dumps(outcome.told)}]}}'.encode()


def _valid_entry(path: Path) -> Outcome | None:
    """The outcome in an entry that is still valid; None if it is missing, stale or broken."""
    from assetgen.analyzer.project.observations import holds

    try:
        entry = json.loads(path.read_bytes())
        outcome = Outcome(*entry["outcome"])
        observations = (observation(*each) for each in entry["observations"])
        if entry["format"] != FORMAT or not all(map(holds, observations)):
            return None
        os.utime(path)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return outcome


in_kept_form: Final = attrgetter("path", "is_folder", "size", "modified", "digest", "names")
"""The form in which an observation is kept."""


def observation(
    path: str, is_folder: bool, size: int, modified: int, digest: str, names: list[str] | None
) -> Observation:
    """An observation in the form in which it was kept."""
    from assetgen.analyzer.project.observations import Observation

    asked = None if names is None else tuple(names)
    return Observation(path, is_folder, size, modified, digest, asked)


def _use(path: Path) -> None:
    """Note that a file was used, so that others are removed first."""
    with suppress(OSError):
        os.utime(path)


def _used(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
