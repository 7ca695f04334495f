"""Modules whose files were added or removed: what an analysis that continues has to know about
them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from assetgen.analyzer.edits.configuring import CONFIGURING
from assetgen.analyzer.evaluate.relevance import matters
from assetgen.analyzer.project.disk import Disk, EntryKind
from assetgen.analyzer.syntax.prefilter import imported_names


def can_go_on(arrived: Collection[Path], disk: Disk, texts: Iterable[bytes]) -> bool:
    """Whether the only things that depend on these files being added or removed are those that
    looked up the modules, or listed their folders, during evaluation.

    `disk` has the folders as they are now, `texts` are those of the other modules.
    """
    return all(_is_one_of_several(path, arrived, disk) for path in arrived) and (
        _are_imported_by_what_matters({path.stem for path in arrived}, texts)
    )


def _is_one_of_several(path: Path, arrived: Collection[Path], disk: Disk) -> bool:
    """Whether a file is one of several modules in its folder: the first one would make the folder a
    namespace package, and `__init__.py` a regular one."""
    if path.suffix != ".py" or path.name == "__init__.py" or path.name in CONFIGURING:
        return False
    return any(
        kind is EntryKind.FILE and name.endswith(".py") and path.parent / name not in arrived
        for name, kind in disk.listing(path.parent).items()
    )


def _are_imported_by_what_matters(stems: Collection[str], texts: Iterable[bytes]) -> bool:
    """Whether everything that may import modules of these names is evaluated when it is imported:
    otherwise whether it is could depend on what such a module does."""
    words = {stem: stem.encode(errors="surrogateescape") for stem in stems}
    for text in texts:
        found = {stem for stem, word in words.items() if word in text}
        if found and not matters(text):
            imported = {part for name in imported_names(text) for part in name.split(".")}
            if found & imported:
                return False
    return True
