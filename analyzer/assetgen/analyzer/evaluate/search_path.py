"""Modules in folders that the code adds to `sys.path`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.values import Constant, Sequence, Value, options_of
from assetgen.analyzer.project.modules.modules import ModuleFile

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine

SEARCH_PATH = "what sys.path was given"
FIRST_IN_SEARCH_PATH = "what sys.path was given first"
"""The folders that the code has added to `sys.path`, and those that it has put at the beginning,
beside the environment variables that it has set."""


def found_first(machine: Machine, name: str) -> ModuleFile | None:
    """The module in the folders that go before the project's own."""
    folders = _added(machine, FIRST_IN_SEARCH_PATH)
    if not folders or machine.is_external(name):
        return None
    return machine.project.find_first(folders, name)


def found_after(machine: Machine, name: str) -> ModuleFile | None:
    """The module in any of the folders that were added."""
    folders = _added(machine, SEARCH_PATH)
    return machine.project.find_below(folders, name) if folders else None


def _added(machine: Machine, where: str) -> tuple[Path, ...]:
    machine.current.variables.add(where)
    added = machine.assigned.get(where)
    return tuple(Path(str(folder.value)) for folder in folders_in(added)) if added else ()


def folders_in(value: Value | None) -> tuple[Constant, ...]:
    """The folders in what was added, be it under an unknown condition: whoever asks whether a
    folder is there has use for it."""
    lists = [each for each in options_of(value) if isinstance(each, Sequence)] if value else ()
    found = (item for each in lists for item in each.items if isinstance(item, Constant))
    return tuple(dict.fromkeys(found))
