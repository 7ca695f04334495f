"""`import` and `from ... import`: what they evaluate, and which names they bind."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate import checked_imports, importing
from assetgen.analyzer.evaluate.frame import Completion, Frame
from assetgen.analyzer.evaluate.objects.doubted_names import (
    BESIDE,
    NameDoubts,
    doubt_of_name,
    doubts_in,
)
from assetgen.analyzer.evaluate.objects.misspelt import tell_misspelt
from assetgen.analyzer.evaluate.values import (
    Constant,
    Deferred,
    External,
    Module,
    Sequence,
    Value,
)
from assetgen.analyzer.syntax.prefilter import may_bind

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def _import(machine: Machine, node: ast.Import, frame: Frame) -> None:
    for alias in node.names:
        _doubt(machine, alias.name, frame.site(node), frame)
        top = alias.name.partition(".")[0]
        found: Value = External(alias.name)
        for end in _prefixes(alias.name):
            module = importing.find(machine, end)
            if module is None:
                site = frame.site(node)
                absent = checked_imports.check_exists(machine, alias.name, site)
                if absent is None and alias.name != top:
                    absent = tell_misspelt(machine, f"{alias.name}.", "ModuleNotFoundError", site)
                found = absent or found
                break
            _ensure_relevant(machine, module)
            found = module if end == alias.name else found
        if alias.asname is None:
            first = importing.find(machine, top)
            machine.bind(frame.scope.target(top), top, first or External(top))
        else:
            machine.bind(frame.scope.target(alias.asname), alias.asname, found)


def _doubt(machine: Machine, name: str, site: Site, frame: Frame) -> None:
    """What is imported in a function that a `try` calls may not be installed; what the body of the
    `try` imports itself has been looked at."""
    is_called = bool(machine.attempts) and frame.function is not None
    if is_called and not any(attempt.is_of(frame) for attempt in machine.attempts):
        checked_imports.doubt_installed(machine, name, site)


def _prefixes(name: str) -> list[str]:
    """`a`, `a.b` and `a.b.c` of `a.b.c`."""
    parts = name.split(".")
    return [".".join(parts[: end + 1]) for end in range(len(parts))]


def _ensure_relevant(machine: Machine, module: Module) -> None:
    """Evaluate a module at once if its being imported can matter by itself.

    One that names no API we know is evaluated when something in it is asked for.
    """
    if module.state == "new" and machine.is_relevant(module):
        importing.ensure(machine, module)


def _import_from(machine: Machine, node: ast.ImportFrom, frame: Frame) -> None:
    site = frame.site(node)
    name = _absolute(node, frame)
    if not node.level:
        _doubt(machine, name, site, frame)
    module = importing.find(machine, name) if name else None
    for alias in node.names:
        if alias.name == "*":
            _import_star(machine, name, module, frame)
            continue
        bound = alias.asname or alias.name
        target = frame.scope.target(bound)
        place = frame.site(alias)
        if module is None:
            value = _from_outside(machine, node, name, alias.name, site, place)
            machine.bind(target, bound, value)
            continue
        _ensure_relevant(machine, module)
        if module.is_package and module.state == "new" and alias.name != "__init__":
            submodule = importing.find(machine, f"{name}.{alias.name}")
            if submodule is not None:
                _ensure_relevant(machine, submodule)
        else:
            submodule = None
        # Inside of a `try`, that it has no such name may be caught.
        can_wait = module.state == "new" and not machine.catchers
        if can_wait and (submodule is not None or _may_hold(machine, module, alias.name)):
            machine.bind(target, bound, Deferred(module, alias.name, place))
        else:
            machine.bind(target, bound, importing.import_name(machine, module, alias.name, place))


def _may_hold(machine: Machine, module: Module, name: str) -> bool:
    """Whether a module that is not evaluated yet seems to have a name."""
    data = machine.project.read(machine.path(module.file)) if module.file is not None else b""
    return not isinstance(data, bytes) or may_bind(data, name)


def _from_outside(
    machine: Machine, node: ast.ImportFrom, module: str, name: str, site: Site, place: Site
) -> Value:
    """What a name of another package is; `place` is that of the name."""
    if node.level:
        absent = checked_imports.check_exists(machine, module, site, is_relative=True)
        message = f"the module {module or '.' * node.level} is not in the project"
        return absent or machine.unknown("file", message, site)
    submodule = importing.find(machine, f"{module}.{name}")
    if submodule is not None:
        importing.ensure(machine, submodule)
        return submodule
    absent = checked_imports.check_exists(machine, module, site)
    if absent is not None:
        return absent
    qualname = f"{module}.{name}"
    return tell_misspelt(machine, qualname, "ImportError", place) or machine.intrinsic(qualname)


def _absolute(node: ast.ImportFrom, frame: Frame) -> str:
    """The module that an import names, relative ones resolved."""
    if not node.level:
        return node.module or ""
    package = frame.module.scope.names.get("__package__")
    base = package.value if isinstance(package, Constant) else ""
    parts = str(base).split(".")
    if node.level > len(parts):
        return ""
    parts = parts[: len(parts) - node.level + 1]
    return ".".join([*parts, node.module] if node.module else parts)


def _import_star(machine: Machine, name: str, module: Module | None, frame: Frame) -> None:
    if module is None:
        frame.module.stars.append(name)
        return
    names = importing.globals_of(machine, module)
    exported = names.get("__all__")
    if isinstance(exported, Sequence) and not exported.losses:
        wanted = [str(item.value) for item in exported.items if isinstance(item, Constant)]
    else:
        wanted = [name for name in names if not name.startswith("_")]
    for star in module.stars:
        frame.module.stars.append(star)
    site = machine.module_site(module)
    for wanted_name in wanted:
        value = importing.member(machine, module, wanted_name, site)
        if value is None:
            value = importing.import_name(machine, module, wanted_name, site)
        target = frame.scope.target(wanted_name)
        machine.bind(target, wanted_name, value)
        condition = doubt_of_name(names, wanted_name)
        if condition is not None:
            doubts = {**doubts_in(target).by_name, wanted_name: (value, condition)}
            machine.bind(target, BESIDE, NameDoubts(doubts))


TABLE: Mapping[type[ast.AST], Callable[[Any, Any, Frame], Completion | None]] = {
    ast.Import: _import,
    ast.ImportFrom: _import_from,
}
