"""What a run saw of the disk, so that a later one can tell whether it would see the same.

A result that was computed from a `Disk` alone is valid as long as every file that was read, every
folder that was listed and every name that was looked up is as it was: what does not exist is
covered by the folder in which it was looked up.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.digests import blake2b
from assetgen.analyzer.project.disk import Disk, EntryKind, Refused

_SETTLED_NANOSECONDS = 2_000_000_000
"""A file changed less than this before it was looked at may change again without a new time."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One file or folder: its size and modification time when it was looked at, and a digest.

    `modified` is 0 if the time cannot be trusted: then only the digest counts. `names` are those
    that were looked up in a folder; None if all of its contents count.
    """

    path: str
    is_folder: bool
    size: int
    modified: int
    digest: str
    names: tuple[str, ...] | None = None


def observe(disk: Disk) -> tuple[Observation, ...]:
    """Everything that `disk` was asked for, sorted by path."""
    now = time.time_ns()
    found = [
        _observation(path, False, _content_digest(content), disk, now)
        for path, content in disk.contents()
    ]
    found += [
        _observation(path, True, _listing_digest(listing, names), disk, now, names)
        for path, names, listing in disk.lookups()
    ]
    return tuple(sorted(found, key=lambda item: (item.path, item.is_folder)))


def _observation(
    path: str,
    is_folder: bool,
    digest: str,
    disk: Disk,
    now: int,
    names: tuple[str, ...] | None = None,
) -> Observation:
    size, modified = disk.stamp(path)
    if now - modified < _SETTLED_NANOSECONDS:
        modified = 0
    return Observation(path, is_folder, size, modified, digest, names)


def holds(observation: Observation) -> bool:
    """Whether a file or folder is as it was observed. If the times agree they are trusted, else
    digests are compared."""
    if observation.modified:
        try:
            status = os.stat(observation.path)  # noqa: PTH116
        except (OSError, ValueError):
            return False
        if (status.st_size, status.st_mtime_ns) == (observation.size, observation.modified):
            return True
    fresh = Disk()
    path = Path(observation.path)
    if observation.is_folder:
        return _listing_digest(fresh.listing(path), observation.names) == observation.digest
    return _content_digest(fresh.read(path)) == observation.digest


def _content_digest(content: bytes | Refused) -> str:
    data = content if isinstance(content, bytes) else f"refused: {content.reason}".encode()
    return blake2b(data, digest_size=16).hexdigest()


def _listing_digest(listing: Mapping[str, EntryKind], names: Iterable[str] | None) -> str:
    counted = sorted(listing) if names is None else names
    entries = (f"{name}\0{listing[name].value if name in listing else None}" for name in counted)
    text = "\0".join(entries)
    return blake2b(text.encode(errors="surrogateescape"), digest_size=16).hexdigest()
