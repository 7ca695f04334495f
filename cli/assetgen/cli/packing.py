"""Bases as files: a checksum, a line of JSON, and the pieces that are not in its store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assetgen.analyzer.edits.readings import Readings
from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.model.dataclass import dataclass, fields_of, is_dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Edit, Fix, Related, Severity
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.project.observations import Observation, holds
from assetgen.analyzer.retention.buffers import Buffer
from assetgen.cli.bases import Base, Last, Texts
from assetgen.cli.cache import FORMAT, in_kept_form, observation
from assetgen.cli.pieces import Place, Store, checksum_of, divided, pieces_at


@dataclass(frozen=True, slots=True)
class Packed:
    """A base in the form in which it is kept: its file and, unless the last one is kept, that of
    its `store` by name."""

    base: tuple[Buffer, ...]
    store: str
    stored: tuple[Buffer, ...] = ()


def packed(base: Base, observations: Iterable[Observation], key: str) -> Packed:
    """A base with what the disk looked like, for the entry under `key`."""
    readings, texts = base.readings, base.texts.packed
    last = base.last.store if base.last is not None else None
    division = divided((*texts.values(), *base.values), last, key)
    store = division.store
    head = {
        "format": FORMAT,
        "observations": list(map(in_kept_form, observations)),
        "findings": [_plain(each) for each in base.report.findings],
        "allowed": base.report.allowed,
        "asked": base.asked,
        "told": base.told,
        "files": dict(base.files),
        "entered": {file: sorted(lines) for file, lines in readings.entered.items()},
        "whole": sorted(readings.whole),
        "texts": list(texts),
        "folders": base.folders,
        "marked": base.marked,
        "harmless": base.harmless,
        "store": (store.name, store.checksum, store.size),
        "places": division.places,
    }
    line = json.dumps(head).encode() + b"\n"
    start = checksum_of((line, *division.beside)).to_bytes(_SUM_BYTES, "big")
    return Packed((start, line, *division.beside), store.name, division.stored)


def unpacked(path: Path) -> Last | None:
    """The base that is kept at `path`, and what has changed since; None if there is none."""
    try:
        whole = path.read_bytes()
        rest = memoryview(whole)[_SUM_BYTES:]
        if checksum_of((rest,)).to_bytes(_SUM_BYTES, "big") != whole[:_SUM_BYTES]:
            return None
        start = whole.index(b"\n", _SUM_BYTES) + 1 - _SUM_BYTES
        kept = json.loads(bytes(rest[:start]))
        if kept["format"] != FORMAT:
            return None
        name, checksum, size = kept["store"]
        places = [Place(*each) for each in kept["places"]]
        pieces = pieces_at(places, path.with_name(name), checksum, rest[start:])
        stored = {id(piece): at for piece, at in zip(pieces, places, strict=True) if at.is_stored}
        observations = tuple(observation(*each) for each in kept["observations"])
        changed = tuple(each for each in observations if not holds(each))
        base = _unpacked(kept, pieces)
        return Last(base, observations, changed, Store(name, checksum, size, stored))
    except (OSError, ValueError, TypeError, KeyError):
        return None


_SUM_BYTES = 4


def _unpacked(kept: Mapping[str, Any], pieces: Sequence[Buffer]) -> Base:
    entered = {file: frozenset(lines) for file, lines in kept["entered"].items()}
    paths = kept["texts"]
    return Base(
        LintReport(tuple(_finding(*each) for each in kept["findings"]), kept["allowed"]),
        kept["asked"],
        kept["told"],
        kept["files"],
        Readings(entered, frozenset(kept["whole"])),
        Texts(dict(zip(paths, pieces, strict=False))),
        kept["folders"],
        tuple(pieces[len(paths) :]),
        tuple(kept["marked"]),
        tuple(kept["harmless"]),
    )


def _plain(thing: object) -> object:
    """A finding, or a part of one, as JSON can hold it."""
    if isinstance(thing, Severity):
        return thing.value
    if is_dataclass(type(thing)):
        return [_plain(getattr(thing, name)) for name in fields_of(type(thing))]
    return [_plain(each) for each in thing] if isinstance(thing, tuple) else thing


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
