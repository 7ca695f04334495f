"""The same module by CPython and by the evaluator, as plain data to be compared."""

from __future__ import annotations

import importlib
import sys
from collections import deque
from collections.abc import Mapping
from pathlib import Path, PurePath
from types import ModuleType

from assetgen.analyzer.evaluate.budget import Budget
from assetgen.analyzer.evaluate.call import Intrinsics
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.values import (
    Constant,
    Instance,
    Iterator_,
    Module,
    Unknown,
    Value,
)
from assetgen.analyzer.evaluate.values import Mapping as MappingValue
from assetgen.analyzer.evaluate.values import Sequence as SequenceValue
from assetgen.analyzer.intrinsics.libraries import LIBRARIES, LIBRARIES_LATER
from assetgen.analyzer.intrinsics.python.tables import PYTHON, PYTHON_LATER
from assetgen.analyzer.project.files.project_files import ProjectFiles
from assetgen.analyzer.project.modules.modules import Project

TABLES = Intrinsics((PYTHON,), lambda name: name, {**PYTHON_LATER, **LIBRARIES_LATER}.items())


def evaluated(
    path: Path,
    *,
    environment: Mapping[str, str] | None = None,
    budget: Budget | None = None,
    now: tuple[int, ...] = (),
) -> tuple[Machine, dict[str, Value]]:
    """The globals of the module in `path`, and the machine that evaluated it."""
    root = path.parent
    project = Project((root,), described=LIBRARIES)
    files, given = ProjectFiles((root,)), environment or {}
    machine = Machine(project, files, TABLES, given, budget or Budget(), now=now)
    module = machine.import_module(path.stem)
    assert isinstance(module, Module)
    return machine, machine.globals_of(module)


def executed(path: Path) -> dict[str, object]:
    """The globals that CPython gives the module in `path`, without modules and private names."""
    before = dict(sys.modules)
    sys.path.insert(0, str(path.parent))
    try:
        names = vars(importlib.import_module(path.stem))
    finally:
        sys.path.remove(str(path.parent))
        for name in set(sys.modules) - set(before):
            if getattr(sys.modules[name], "__file__", None) in _files_below(path.parent):
                del sys.modules[name]
    return {
        name: plain
        for name, value in names.items()
        if not name.startswith("_") and (plain := plain_object(value)) is not NotImplemented
    }


def _files_below(folder: Path) -> frozenset[str | None]:
    return frozenset(map(str, folder.rglob("*.py")))


def plain_object(value: object) -> object:
    """Data that can be compared; `NotImplemented` for functions, classes, modules, objects."""
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, dict):
        return _checked({plain_object(k): plain_object(v) for k, v in value.items()})
    if isinstance(value, deque):
        return _checked([plain_object(item) for item in value])
    if type(value) in (list, tuple, set, frozenset):
        return _checked(type(value)(plain_object(item) for item in value))  # type: ignore[operator]
    if isinstance(value, ModuleType) or type(value).__module__ not in _PLAIN_MODULES:
        return NotImplemented
    if callable(value) or type(value).__name__ in _OTHER_BUILTINS:
        return NotImplemented
    return value


_PLAIN_MODULES = frozenset({"builtins", "datetime", "decimal", "fractions", "uuid", "zoneinfo"})
_OTHER_BUILTINS = frozenset(
    {"map", "filter", "zip", "generator", "enumerate", "dict_keys", "list_iterator", "property"}
)


def _checked(data: object) -> object:
    items = [*data, *data.values()] if isinstance(data, dict) else data
    return NotImplemented if NotImplemented in items else data  # type: ignore[operator]


def plain_value(value: Value) -> object:
    """A value as CPython would have it; `Unknown`s and objects as text that says what they are."""
    if isinstance(value, Constant):
        return str(value.value) if isinstance(value.value, PurePath) else value.value
    if isinstance(value, SequenceValue) and not value.losses:
        make = {"tuple": tuple, "set": set, "frozenset": frozenset}.get(value.kind, list)
        return make(plain_value(item) for item in value.items)
    if isinstance(value, MappingValue) and not value.losses:
        return {plain_value(key): plain_value(item) for key, item in value.entries.values()}
    if isinstance(value, Instance) and "_value_" in value.attributes:
        return plain_value(value.attributes["_value_"])
    if isinstance(value, Instance) and value.content is not None:
        return plain_value(value.content)
    if isinstance(value, Unknown):
        raise AssertionError(f"unknown: {value.root().reason}: {value.root().message}")
    if isinstance(value, Iterator_):
        raise NotPlain(value)
    raise AssertionError(f"not plain: {display(value)}")
