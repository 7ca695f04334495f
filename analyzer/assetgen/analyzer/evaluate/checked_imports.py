"""Imports of modules that are not there, or may not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.absent_modules import (
    is_of_project,
    is_surely_absent,
    module_meant,
)
from assetgen.analyzer.evaluate.attempts import may_raise
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.objects.misspelt import tell_misspelt_module
from assetgen.analyzer.evaluate.statements.failures import failed, is_caught

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site
    from assetgen.analyzer.evaluate.values import Module, Unknown


def check_exists(
    machine: Machine, name: str, site: Site, *, is_relative: bool = False
) -> Unknown | None:
    """What a module is that a package of the project lacks: raises `Raised` if code around the
    import catches that, and is reported if it is certain. None for any other module, unless its
    name is misspelt."""
    package: Module | None = None
    parts = name.split(".")
    for end, last in enumerate(parts, start=1):
        found = importing.find(machine, ".".join(parts[:end]))
        if found is not None:
            package = found
            continue
        if package is None:
            return tell_misspelt_module(machine, last, site)
        if package.is_description:
            return None
        message = f"No module named {'.'.join(parts[:end])!r}"
        if machine.catchers and package.file is not None and not package.stars:
            return failed(machine, "ModuleNotFoundError", message, site)
        is_own = is_relative or is_of_project(machine, package, site)
        if machine.catchers or not is_own or not is_surely_absent(machine, package, last):
            return None
        shown = f"{message}{module_meant(machine, package, last)}"
        return failed(machine, "ModuleNotFoundError", message, site, shown=shown)
    return None


def doubt_installed(machine: Machine, name: str, site: Site) -> None:
    """A module that may not be installed where this runs raises or not, where that is caught."""
    top = name.partition(".")[0]
    own = importing.find(machine, top)
    if not machine.attempts or (own is not None and not own.is_description):
        return
    raised = Raised("builtins.ModuleNotFoundError", f"No module named {top!r}")
    if is_caught(machine, raised) and not machine.project.is_required(name):
        message = f"whether the package {top} is installed"
        may_raise(machine, machine.unknown("environment", message, site), raised)
