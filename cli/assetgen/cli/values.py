"""The values of modules as files: a piece of JSON, and one piece for each module."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from assetgen.analyzer.edits.arrivals import can_go_on
from assetgen.analyzer.edits.configuring import CONFIGURING
from assetgen.analyzer.edits.facts import may_change_relevance, may_lose_names
from assetgen.analyzer.project.disk import Disk, EntryKind
from assetgen.analyzer.retention.buffers import Buffer
from assetgen.analyzer.retention.keeping import Keeping, Kept
from assetgen.analyzer.retention.kept import KeptLocation, KeptModule
from assetgen.analyzer.retention.kept import packed as in_less_space
from assetgen.analyzer.retention.reach import Footing
from assetgen.analyzer.retention.restoring import NotRestoredError
from assetgen.analyzer.syntax.module import Outline
from assetgen.cli.bases import Last

MAX_BYTES: Final = 24 * 1024 * 1024
"""The values of larger projects are not kept."""
_MANY_BYTES: Final = 8 * 1024 * 1024
"""Up to so much is kept as it is, since packing and unpacking it takes longer than anything else
that is done with it."""


def packed(kept: Kept) -> tuple[Buffer, ...]:
    """What is kept, in pieces; nothing if it would be too large."""
    contents = [piece for each in kept.locations for piece in _contents(each)]
    if sum(map(len, contents)) > _MANY_BYTES:
        contents = list(map(in_less_space, contents))
    if sum(map(len, contents)) > MAX_BYTES:
        return ()
    locations = [
        [
            each.target,
            [[module, sorted(names)] for module, names in each.order],
            [_head(module) for module in each.modules],
            [_footing(part) for part in each.rest],
            each.relevance,
        ]
        for each in kept.locations
    ]
    return (json.dumps([kept.age, locations]).encode(), *contents)


def _contents(location: KeptLocation) -> Iterator[Buffer]:
    for module in location.modules:
        yield module.content
    yield location.evaluation


def _footing(footing: Footing) -> list[object]:
    return [footing.name, footing.file, sorted(footing.data), list(footing.uses)]


def keeping(last: Last | None, disk: Disk) -> Keeping:
    """What the last run kept, as far as it is usable after the changes since."""
    if last is None or not last.base.values:
        return Keeping()
    arrived = _arrived(last, disk)
    if arrived is None or not _is_usable(last, disk, arrived):
        return Keeping()
    for each in last.observations:
        if each.is_folder:
            _look_again(disk, each.path, each.names)
    try:
        kept = _unpacked(last.base.values)
    except (ValueError, TypeError):
        return Keeping()
    changed = {each.path for each in last.changed}
    return Keeping(kept, changed, lambda path: _read(disk, path), arrived)


def _head(module: KeptModule) -> list[object]:
    return [
        module.name,
        module.file,
        module.is_package,
        module.state,
        module.outline,
        module.uses,
        module.needs,
        module.data,
        module.variables,
        module.assigned,
        module.removed,
        module.steps,
        module.others,
    ]


def _unpacked(pieces: Sequence[Buffer]) -> Kept:
    age, locations = json.loads(bytes(pieces[0]))
    contents = iter(pieces[1:])
    return Kept(
        tuple(
            KeptLocation(
                target,
                tuple((module, frozenset(names)) for module, names in order),
                tuple(_modules(heads, contents)),
                tuple(Footing(*footing) for footing in rest),
                next(contents),
                relevance,
            )
            for target, order, heads, rest, relevance in locations
        ),
        age,
    )


def _modules(heads: Sequence[Sequence[Any]], contents: Iterator[Buffer]) -> Iterator[KeptModule]:
    own = islice(contents, len(heads))
    for head, content in zip(heads, own, strict=True):
        name, file, is_package, state, outline, *names, steps, others = head
        uses, needs, data, variables, assigned, removed = map(tuple, names)
        parsed = Outline(outline[0], tuple(outline[1]), *outline[2:]) if outline else None
        rest = uses, needs, data, variables, assigned, removed, steps, tuple(others)
        yield KeptModule(name, file, is_package, state, parsed, *rest, content)


def _arrived(last: Last, disk: Disk) -> frozenset[Path] | None:
    """The modules that were added or removed; None if anything else was, or if it is not known what
    depends on that."""
    arrived: set[Path] = set()
    for each in last.changed:
        if each.is_folder:
            folder = Path(each.path)
            before, now = last.base.folders[each.path], disk.listing(folder)
            names = before.keys() | now.keys() if each.names is None else each.names
            arrived.update(folder / name for name in names if before.get(name) != _kind(now, name))
    if arrived:
        changed = {each.path for each in last.changed}
        texts = (text for path, text in last.base.texts.items() if path not in changed)
        if not can_go_on(arrived, disk, texts):
            return None
    return frozenset(arrived)


def _kind(listing: Mapping[str, EntryKind], name: str) -> str | None:
    return listing[name].value if name in listing else None


def _is_usable(last: Last, disk: Disk, arrived: Collection[Path]) -> bool:
    """Whether nothing else has changed but contents of files that do not determine which modules
    there are, and when they are evaluated."""
    for each in last.changed:
        path = Path(each.path)
        if each.is_folder or path in arrived:
            continue
        if path.name in CONFIGURING or not disk.is_file(path):
            return False
        after = disk.source(path)
        if not isinstance(after, bytes):
            return False
        if path.suffix == ".py":
            before = last.base.texts.get(each.path)
            if before is None or may_change_relevance(path, before, after):
                return False
            is_unread = each.path not in last.base.readings.entered
            if is_unread and may_lose_names(path, before, after):
                return False
    return True


def _look_again(disk: Disk, folder: str, names: tuple[str, ...] | None) -> None:
    """A folder that the last run looked into counts for this one, too."""
    if names is None:
        disk.listing(Path(folder))
    else:
        for name in names:
            disk.kind_in(folder, name)


def _read(disk: Disk, path: Path) -> bytes:
    content = disk.source(path)
    if not isinstance(content, bytes):
        raise NotRestoredError(str(path))
    return content
