"""Modules that are loaded as code locations but hold nothing that Dagster would load."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.values import Choice, External, Module, Unknown, Value
from assetgen.analyzer.intrinsics.dagster.declared.definitions import (
    DefinitionsValue,
    LazyDefinitionsValue,
)
from assetgen.analyzer.model.diagnostics import Severity

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def tell_if_empty(
    machine: Machine,
    module: Module,
    names: Mapping[str, Value],
    loaded: DefinitionsValue | None,
    attribute: str | None,
) -> None:
    """Report a module in which nothing was found to load, and what may be there nevertheless.

    `names` are its globals, `attribute` is the one that the project names, if any.
    """
    if loaded is not None and (loaded.assets or loaded.jobs or loaded.losses):
        return
    if any(told.severity is Severity.ERROR for told in machine.diagnostics.values()):
        return  # which is why nothing is there
    start = machine.module_site(module).span
    # What comes from outside of the project may be a Definitions object.
    brought = {
        name: value.qualname
        for name, value in names.items()
        if isinstance(value, External) and _may_define(machine, value.qualname)
    }
    told = [name for name in brought if name in _USUAL_NAMES or name == attribute]
    for name in told:
        message = f"`{name}` comes from `{brought[name]}`, which is outside of the project"
        machine.report("unresolved-asset", message, start)
    if told or module.stars or any(isinstance(value, _MAY_HOLD) for value in names.values()):
        return
    where = f"`{attribute}` of the module" if attribute is not None else "the module"
    message = (
        f"{where} {module.name} holds nothing that Dagster loads: no Definitions, job or asset"
    )
    machine.report("empty-code-location", message, start)


def _may_define(machine: Machine, qualname: str) -> bool:
    package = qualname.partition(".")[0]
    return not machine.is_external(package) and package not in sys.stdlib_module_names


_MAY_HOLD = (Unknown, Choice, LazyDefinitionsValue)
_USUAL_NAMES = ("defs", "definitions")
