"""Definitions in files that no code location imports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.budget import BudgetExceeded
from assetgen.analyzer.evaluate.contribution import Contribution
from assetgen.analyzer.model.pipeline import Unreached
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.files.shown import shown
from assetgen.analyzer.project.locations.entry_points import is_test_path, mentions_definitions
from assetgen.analyzer.resolve.location import declared_in

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def may_define(file: Path, disk: Disk) -> bool:
    """Whether a file that nothing imports may define assets that were meant to be loaded, as
    `Disk.once` derives it.

    Tests define assets only to try them.
    """
    if is_test_path(Path(shown(file))):
        return False
    source = disk.read(file)
    return isinstance(source, bytes) and mentions_definitions(source)


def stray_definitions(machine: Machine, files: Iterable[Path]) -> tuple[Unreached, ...]:
    """What the files define.

    Mistakes in them are not reported, since nobody runs them. The machine has evaluated the code
    location before, so everything about that is known already.
    """
    known = set(machine.contributions)
    machine.current = beside = Contribution()
    for file in files:
        machine.renew()
        try:
            importing.ensure(machine, importing.adopt(machine, machine.project.module_at(file)))
        except BudgetExceeded:
            continue
    new = [made for name, made in machine.contributions.items() if name not in known]
    return tuple(declared_in(machine.memory, (*new, beside)).values())
