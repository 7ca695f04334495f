"""The values of modules as they lie on the disk: a piece of JSON, and one for each module."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from assetgen.analyzer.edits.facts import may_change_relevance
from assetgen.analyzer.incremental.configuring import CONFIGURING
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.retention.buffers import Buffer
from assetgen.analyzer.retention.keeping import Keeping, Kept
from assetgen.analyzer.retention.kept import KeptLocation, KeptModule
from assetgen.analyzer.retention.restoring import NotRestoredError
from assetgen.analyzer.syntax.module import Outline
from assetgen.cli.bases import Last

MAX_BYTES: Final = 24 * 1024 * 1024
"""The values of larger projects are not kept."""


def packed(kept: Kept) -> tuple[Buffer, ...]:
    """What is kept, in pieces; nothing where it would be too large."""
    contents = [module.content for each in kept.locations for module in each.modules]
    if sum(map(len, contents)) > MAX_BYTES:
        return ()
    locations = [
        [
            each.target,
            [[module, sorted(names)] for module, names in each.order],
            [_head(module) for module in each.modules],
        ]
        for each in kept.locations
    ]
    return (json.dumps([kept.age, locations]).encode(), *contents)


def keeping(last: Last | None, disk: Disk) -> Keeping:
    """What the last run kept, as far as it can be used after what has changed since."""
    if last is None or not last.base.values or not _is_usable(last, disk):
        return Keeping()
    for each in last.observations:
        if each.is_folder:
            _look_again(disk, each.path, each.names)
    try:
        kept = _unpacked(last.base.values)
    except (ValueError, TypeError):
        return Keeping()
    return Keeping(kept, {each.path for each in last.changed}, lambda path: _read(disk, path))


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
            )
            for target, order, heads in locations
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


def _is_usable(last: Last, disk: Disk) -> bool:
    """Whether only contents of files have changed that do not decide which modules there are, and
    when they are evaluated."""
    for each in last.changed:
        path = Path(each.path)
        if each.is_folder or path.name in CONFIGURING or not disk.is_file(path):
            return False
        after = disk.source(path)
        if not isinstance(after, bytes):
            return False
        if path.suffix == ".py":
            before = last.base.texts.get(each.path)
            if before is None or may_change_relevance(path, before, after):
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
