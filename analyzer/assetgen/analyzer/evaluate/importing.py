"""Imports: modules of the project are evaluated, all others are `External`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.absent_modules import is_of_project, is_surely_absent
from assetgen.analyzer.evaluate.budget import BudgetExceeded, Raised
from assetgen.analyzer.evaluate.circular_imports import comes_too_early, fail_in_circle
from assetgen.analyzer.evaluate.contribution import Contribution, Retained
from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.doubted_names import written
from assetgen.analyzer.evaluate.objects.doubted_reads import tell_if_not_there
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.search_path import found_after, found_first
from assetgen.analyzer.evaluate.site import let_go
from assetgen.analyzer.evaluate.statements.failures import failed, meant_of
from assetgen.analyzer.evaluate.statements.raising import shown_as_by_python
from assetgen.analyzer.evaluate.statements.statements import assign
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Deferred,
    External,
    Function,
    Module,
    Reason,
    Sequence,
    Value,
)
from assetgen.analyzer.model.spans import Span, start_of
from assetgen.analyzer.project.disk import Refused
from assetgen.analyzer.project.modules.compiled import is_compiled
from assetgen.analyzer.project.modules.modules import ModuleFile, ModuleKind
from assetgen.analyzer.syntax.module import ParsedModule, parse_module
from assetgen.analyzer.syntax.proven import Taken

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def import_module(machine: Machine, name: str) -> Value:
    """A module of the project, evaluated, or the `External` that `name` is."""
    module = find(machine, name)
    if module is None:
        return External(name)
    ensure(machine, module)
    return module


def find(machine: Machine, name: str) -> Module | None:
    """The module of the project by that name, not evaluated yet unless it was needed."""
    machine.current.uses[name] = None
    module = machine.modules.get(name)
    if module is not None:
        return module
    retained = machine.retained.get(name)
    if retained is not None:
        return _enter(machine, retained.module)
    if machine.is_described(name):
        return None
    file = found_first(machine, name) or machine.project.find_module(name)
    if file is None or machine.project.is_described(file):
        file = found_after(machine, name) or file
    if file is None or _is_hidden(machine, name):
        return None
    return _enter(machine, _made(machine, file))


def _is_hidden(machine: Machine, name: str) -> bool:
    """Whether a module is in a folder without `__init__.py` that an installed package goes before:
    one that is called `dagster`."""
    top = name.partition(".")[0]
    if not machine.is_external(top):
        return False
    folder = machine.project.find_module(top)
    return folder is not None and folder.kind is ModuleKind.NAMESPACE


def adopt(machine: Machine, file: ModuleFile) -> Module:
    """The module in a file of the project, which the machine knows from now on."""
    machine.current.uses[file.name] = None
    known = machine.modules.get(file.name)
    if known is not None:
        return known
    retained = machine.retained.get(file.name)
    return _enter(machine, retained.module if retained is not None else _made(machine, file))


def _made(machine: Machine, file: ModuleFile) -> Module:
    module = Module(file.name, Scope("module"), None, file.is_package)
    module.scope.names.update(_preset(file))
    module.file = str(file.file) if file.file is not None else None
    module.is_description = machine.project.is_described(file)
    if file.file is None:
        module.state = "done"
    return module


def _enter(machine: Machine, module: Module) -> Module:
    """Make a module known; its package is evaluated, and has its name as an attribute."""
    machine.modules[module.name] = module
    parent, _, last = module.name.rpartition(".")
    if parent:
        package = find(machine, parent)
        if package is not None:
            ensure(machine, package)
            names = package.scope.names
            if last not in names:
                machine.add_afterwards(names, last, module)
    return module


def _preset(file: ModuleFile) -> dict[str, Value]:
    names: dict[str, Value] = {
        "__name__": Constant(file.name),
        "__package__": Constant(file.package),
        "__doc__": NONE,
    }
    if file.file is not None:
        names["__file__"] = Constant(str(file.file))
    if file.is_package:
        names["__path__"] = Sequence("list", [Constant(str(folder)) for folder in file.search])
    return names


def ensure(machine: Machine, module: Module) -> None:
    """Evaluate a module, unless that has begun already."""
    machine.current.needs[module.name] = None
    if module.state != "new" or module.file is None:
        return
    retained = machine.retained.get(module.name)
    if retained is not None and retained.state != "new":
        _revive(machine, retained)
        return
    module.state = "running"
    contribution = machine.contributions[module.name] = Contribution()
    outer, machine.current = machine.current, contribution
    try:
        with machine.project.disk.noting(contribution.data):
            module.state = _evaluated(machine, module, module.file)
    finally:
        machine.current = outer
    machine.afterthoughts.pop(id(module.scope.names), None)
    if machine.lets_go and module.parsed is not None:
        _let_go(module, module.parsed, contribution)
    if machine.on_evaluated is not None:
        machine.on_evaluated(module)


def _let_go(module: Module, parsed: ParsedModule, contribution: Contribution) -> None:
    """Drop syntax that is not likely to be needed again: everything but that of functions that
    others may call, because the module itself has not."""
    for declared in contribution.declared:
        declared.let_go()
    for value in module.scope.names.values():
        if isinstance(value, Function) and value.module is module:
            syntax = value.syntax
            if isinstance(syntax, ast.AST) and syntax.lineno in module.entered:
                let_go(value)
    parsed.let_go()


def _revive(machine: Machine, retained: Retained) -> None:
    """The results of an earlier evaluation count again, and those of what it needed."""
    if retained.open is not None:
        retained.open()
    contribution = retained.contribution
    retained.module.state = retained.state
    machine.contributions[retained.module.name] = contribution
    machine.steps += contribution.steps
    machine.assigned.update(contribution.assigned)
    # What a function of another module needed for it was looked up by that one.
    beside = [name for name in contribution.needs if name not in contribution.uses]
    for name in (*contribution.uses, *beside):
        module = machine.modules.get(name)
        if module is None and name in machine.retained:
            module = find(machine, name)
        if module is not None and name in contribution.needs:
            ensure(machine, module)


def _evaluated(machine: Machine, module: Module, file: str) -> str:
    """Read, parse and run a module; returns its state afterwards."""
    data = machine.project.read(machine.path(file))
    shown = machine.shown(file)
    if isinstance(data, Refused):
        machine.report("file-not-readable", data.reason, start_of(shown))
        return "broken"
    before = machine.trees.get(file)
    if before is not None and before[0] == data:
        parsed = before[1]
    else:
        is_taken = is_compiled(file, machine.project.disk.stamp(file))
        proven = Taken() if is_taken else machine.proven
        parsed = parse_module(data, shown, deferred=True, proven=proven)
    machine.trees[file] = (data, parsed)
    if not isinstance(parsed, ParsedModule):
        place = Span(shown, parsed.line, parsed.column, parsed.line, parsed.column + 1)
        machine.report("syntax-error", parsed.message, place)
        return "broken"
    module.parsed = parsed
    docstring = ast.get_docstring(parsed.tree, clean=False)
    module.scope.names["__doc__"] = Constant(docstring)
    _run(machine, module, parsed.tree)
    return "done"


def _run(machine: Machine, module: Module, tree: ast.Module) -> None:
    """Run the module's statements; one that raises is reported, and the rest goes on."""
    frame = Frame(module, module.scope)
    depth, machine.depth = machine.depth, 0
    spent, machine.spent = machine.spent, 0
    allowed = machine.allowed
    journals, machine.journals = machine.journals, []
    catchers, machine.catchers = machine.catchers, []
    attempts, machine.attempts = machine.attempts, []
    fled, machine.fled = machine.fled, None
    try:
        for statement in tree.body:
            machine.allow(machine.spent)
            module.line = statement.lineno
            try:
                completion = machine.execute([statement], frame)
            except Raised as raised:
                site = raised.site or frame.site(statement)
                message = f"this raises {shown_as_by_python(machine, raised, site)}"
                machine.report("python-error", message, site.span)
                _bind_unknown(machine, statement, message, frame)
                continue
            except RecursionError:
                message = "this is nested too deeply to be evaluated"
                machine.report("budget-exceeded", message, frame.site(statement).span)
                continue
            except BudgetExceeded as exceeded:
                if exceeded.name == "steps" and machine.is_exhausted():
                    message = "evaluation stops here: more steps than are allowed"
                    machine.report("budget-exceeded", message, frame.site(statement).span)
                    return
                message = f"this is given up: more {exceeded.name} than are allowed"
                machine.report("budget-exceeded", message, frame.site(statement).span)
                _bind_unknown(machine, statement, message, frame, "budget")
                continue
            if completion is not None:
                return
    finally:
        machine.current.steps = machine.spent
        machine.depth, machine.spent, machine.journals = depth, spent, journals
        machine.allowed, machine.catchers = allowed, catchers
        machine.attempts, machine.fled = attempts, fled


def _bind_unknown(
    machine: Machine, statement: ast.stmt, message: str, frame: Frame, reason: Reason = "error"
) -> None:
    """What a statement that raises would have bound is unknown, which was reported."""
    unknown = machine.unknown(reason, message, frame.site(statement))
    targets = getattr(statement, "targets", None) or [getattr(statement, "target", None)]
    for target in targets:
        if isinstance(target, ast.Name):
            assign(machine, target, unknown, frame)
    name = getattr(statement, "name", None)
    if isinstance(name, str):
        machine.bind(frame.scope.names, name, unknown)


def member(machine: Machine, module: Module, name: str, site: Site) -> Value | None:
    """A name of a module: a global, or a submodule that has been imported or can be."""
    ensure(machine, module)
    value = module.scope.names.get(name)
    if isinstance(value, Deferred):
        value = settle(machine, value, site)
        machine.add_afterwards(module.scope.names, name, value)
    if value is not None:
        if isinstance(value, Module):
            machine.current.uses[value.name] = None
        return value
    machine.current.uses[f"{module.name}.{name}"] = None
    submodule = machine.modules.get(f"{module.name}.{name}")
    return submodule if submodule is not None else from_stars(machine, module, name)


def from_stars(machine: Machine, module: Module, name: str) -> Value | None:
    """A name that a module outside of the project is known to give by `import *`."""
    for star in module.stars:
        if machine.describes(f"{star}.{name}"):
            return machine.intrinsic(f"{star}.{name}")
    return None


def settle(machine: Machine, deferred: Deferred, site: Site) -> Value:
    """The value that a deferred import stands for."""
    site = deferred.site or site
    owner = machine.contributions.get(site.module.name)
    if owner is not None:
        owner.uses[f"{deferred.module.name}.{deferred.name}"] = None
    return import_name(machine, deferred.module, deferred.name, site)


def globals_of(machine: Machine, module: Module) -> dict[str, Value]:
    """The globals of a module, evaluated, with nothing in them deferred."""
    ensure(machine, module)
    names = module.scope.names
    for name, value in list(names.items()):
        if isinstance(value, Deferred):
            settled = settle(machine, value, machine.module_site(module))
            machine.add_afterwards(names, name, settled)
    return names


def settled_globals(machine: Machine, module: Module) -> dict[str, Value]:
    """The globals of a module, evaluated, without those that are deferred: they come from modules
    that reach no API, so no definition is among them."""
    ensure(machine, module)
    names = written(module.scope.names)
    return {name: value for name, value in names if not isinstance(value, Deferred)}


def import_name(machine: Machine, module: Module, name: str, site: Site) -> Value:
    """What `from module import name` binds."""
    if module.state == "done" and not machine.project.followed:
        machine.current.needs[module.name] = None
        plain = module.scope.names.get(name)
        if plain is not None and machine.attempts:
            tell_if_not_there(machine, module, name)
        if plain is not None and type(plain) not in _SETTLED_LATER:
            return plain
    try:
        value = machine.find_attribute(module, name, site)
    except Raised as raised:
        if not raised.is_a("builtins.AttributeError"):
            raise
        value = None  # the module's own `__getattr__` does not know the name
    if value is not None and not (module.state == "running" and _is_unbound(value)):
        return value
    if value is None and name == "__init__":
        message = f"`__init__` of the module {module.name} is a method of it, and no module"
        return machine.unknown("external", message, site)
    submodule = find(machine, f"{module.name}.{name}")
    if submodule is not None:
        ensure(machine, submodule)
        return submodule
    if comes_too_early(machine, module, name):
        return fail_in_circle(machine, module, name, site)
    if value is not None:
        return value
    if module.stars:
        message = f"{name!r} may come from {', '.join(module.stars)}"
        return machine.unknown("external", message, site)
    message = f"the module {module.name} has no name {name!r}"
    is_absent = not module.is_package or is_surely_absent(machine, module, name)
    if module.state != "done" or not is_absent or not _binds_nowhere(machine, module, name, site):
        return machine.unknown("error", message, site)
    said = f"cannot import name {name!r} from {module.name!r}"
    shown = f"{said}{meant_of(module, name)}"
    place = f" ({module.file or 'unknown location'})"
    return failed(machine, "ImportError", said + place, site, told=message, shown=shown)


def _binds_nowhere(machine: Machine, module: Module, name: str, site: Site) -> bool:
    if module.file is None:
        return is_of_project(machine, module, site)
    return machine.defines_nowhere(module, name)


_SETTLED_LATER = (Deferred, Module)
"""What a name may stand for that is looked up again when it is asked for."""


def _is_unbound(value: Value) -> bool:
    return getattr(value, "reason", "") == "unbound"
