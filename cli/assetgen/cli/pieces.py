"""The large parts of a base in a file of their own, which stays as it is while few of them change.

Writing all of them again after each edit would take longer than anything else that is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final, NamedTuple
from zlib import crc32

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.retention.buffers import Buffer

SUFFIX: Final = ".pieces"


class Place(NamedTuple):
    """Where a piece is: from which byte to which of the store or, if it is not there, of what lies
    beside it."""

    is_stored: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Store:
    """A file of pieces: its name, a checksum of its `size` bytes, and the places of those pieces
    that are in use, by their identity."""

    name: str
    checksum: int
    size: int
    places: Mapping[int, Place]


@dataclass(frozen=True, slots=True)
class Division:
    """Where each of some pieces is, those that are not in the `store`, and the pieces that a new
    store is made of, if it is to be a new one."""

    places: tuple[Place, ...]
    beside: tuple[Buffer, ...]
    store: Store
    stored: tuple[Buffer, ...] = ()


def divided(pieces: Sequence[Buffer], store: Store | None, key: str) -> Division:
    """Pieces by where they are to be kept: in the store that has most of them, or in a new one for
    `key`."""
    if store is not None:
        beside = tuple(piece for piece in pieces if id(piece) not in store.places)
        if _length(beside) * _SHARE <= store.size:
            new = dict(zip(map(id, beside), _in_a_row(False, beside), strict=True))
            places = tuple(store.places.get(id(piece)) or new[id(piece)] for piece in pieces)
            return Division(places, beside, store)
    checksum = checksum_of(pieces)
    made = Store(f"{key}-{checksum:08x}{SUFFIX}", checksum, _length(pieces), {})
    return Division(_in_a_row(True, pieces), (), made, tuple(pieces))


def pieces_at(
    places: Sequence[Place], store: Path, checksum: int, beside: memoryview
) -> tuple[Buffer, ...]:
    """The pieces at some places; `beside` holds those that are not in the file `store`.

    Raises OSError or ValueError if that is not the file that it was.
    """
    stored = memoryview(_content(store))
    if checksum_of((stored,)) != checksum:
        raise ValueError("the store is another one or damaged")
    wholes = {True: stored, False: beside}
    return tuple(wholes[is_stored][start:end] for is_stored, start, end in places)


def checksum_of(pieces: Iterable[Buffer]) -> int:
    """A checksum of pieces one after another: it tells what was damaged, not what somebody else
    made. A digest takes ten times as long."""
    checksum = 0
    for piece in pieces:
        checksum = crc32(piece, checksum)
    return checksum


def _content(store: Path) -> bytes | mmap:
    """A store is never written to; where a file may be removed while it is mapped, its pages need
    not be copied."""
    if os.name != "posix":
        return store.read_bytes()
    with store.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def _in_a_row(is_stored: bool, pieces: Iterable[Buffer]) -> tuple[Place, ...]:
    ends = tuple(accumulate(map(len, pieces), initial=0))
    return tuple(Place(is_stored, *each) for each in pairwise(ends))


def _length(pieces: Iterable[Buffer]) -> int:
    return sum(map(len, pieces))


_SHARE: Final = 8
"""If more than this part of the store would lie beside it, a new one is written."""
