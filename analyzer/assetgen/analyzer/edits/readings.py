"""How much of the texts of files an analysis depends on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.model.dataclass import dataclass, field


@dataclass(frozen=True, slots=True)
class Readings:
    """The parts of the texts of modules that count, by file.

    For each module that was evaluated, `entered` holds the lines at which those of its functions
    begin that were called: the bodies of the others do not count. Files in `whole` count as a
    whole. A module in neither was not evaluated.
    """

    entered: Mapping[str, frozenset[int]] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()


def readings_of(machine: Machine) -> Readings:
    """The parts of the texts that counted in what a machine has evaluated."""
    entered: dict[str, frozenset[int]] = {}
    whole = set().union(*(each.data for each in machine.all_contributions()))
    for module in machine.modules.values():
        if module.file is not None and module.state != "new":
            if module.parsed is None:
                whole.add(module.file)
            entered[module.file] = entered.get(module.file, frozenset()) | module.entered
    return Readings(entered, frozenset(whole))


def joined(readings: Iterable[Readings]) -> Readings:
    """What counted in any of several analyses."""
    entered: dict[str, frozenset[int]] = {}
    whole: set[str] = set()
    for each in readings:
        whole |= each.whole
        for file, lines in each.entered.items():
            entered[file] = entered.get(file, frozenset()) | lines
    return Readings(entered, frozenset(whole))
