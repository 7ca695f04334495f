"""What a change of files can reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from assetgen.analyzer.evaluate.contribution import Retained
from assetgen.analyzer.evaluate.machine import Machine


class Footing(NamedTuple):
    """What the evaluation of a module rests on: its own file, the `data` that was read, and the
    names that were looked up as modules."""

    name: str
    file: str | None
    data: Collection[str]
    uses: Collection[str]


def footings_of(machine: Machine) -> Iterable[Footing]:
    """Those of everything that a machine has evaluated, or could have used as it was."""
    for module in machine.modules.values():
        yield Footing(module.name, module.file, (), ())
    for name, each in machine.contributions.items():
        yield Footing(name, None, each.data, each.uses)
    yield Footing("", None, machine.own.data, machine.own.uses)
    yield from map(footing_of, machine.retained.values())


def footing_of(known: Retained) -> Footing:
    """What a module that was evaluated before rests on."""
    each = known.contribution
    return Footing(known.module.name, known.module.file, each.data, each.uses)


class Reach:
    """The files and folders whose contents have changed, and the modules that have been added or
    removed (`arrived`)."""

    def __init__(self, files: Collection[str], arrived: Collection[Path]) -> None:
        self._files = frozenset(files)
        self._names = _names_of(arrived)
        # A module can take the place of a folder of modules.
        self._above = tuple(f"{name}." for name in self._names)

    def reaches(self, footing: Footing) -> bool:
        """Whether what rests on `footing` may be another now."""
        return (
            footing.file in self._files
            or footing.name in self._names
            or footing.name.startswith(self._above)
            or not self._files.isdisjoint(footing.data)
            or not self._names.isdisjoint(footing.uses)
        )


def _names_of(files: Collection[Path]) -> frozenset[str]:
    """The dotted names that modules may be known by, wherever they are looked up."""
    paths = (file.with_suffix("").parts for file in files)
    return frozenset(".".join(parts[start:]) for parts in paths for start in range(1, len(parts)))
