"""What is retained of one code location between two analyses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.contribution import Contribution, Retained
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.values import Module
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.reachability import reachable
from assetgen.analyzer.project.locations.load_targets import LoadTarget
from assetgen.analyzer.retention.assignments import Order, askers_of, asks_for_any, order_of
from assetgen.analyzer.retention.dependents import users_of
from assetgen.analyzer.retention.heap import Heap
from assetgen.analyzer.retention.reach import Reach, footing_of, footings_of

if TYPE_CHECKING:
    from assetgen.analyzer.retention.kept import KeptLocation
    from assetgen.analyzer.retention.pickling import Constants
    from assetgen.analyzer.retention.restoring import Restoring


@dataclass(slots=True, eq=False)
class Location:
    """The last machine of a code location, and snapshots of the values in it.

    `tampered` are modules whose values others have changed; `order` is that in which the machine
    before set and asked for environment variables. `restoring` has the modules from another
    process, `finished` are those evaluated since, in the order in which they ended.
    `keeps_modules`: no module was added or removed since the last machine; `relevance` is what is
    known from another process of which modules matter by being imported.
    """

    target: LoadTarget
    machine: Machine | None = None
    heap: Heap | None = None
    tampered: frozenset[str] = frozenset()
    order: Order = ()
    restoring: Restoring | None = None
    keeps_modules: bool = True
    relevance: Mapping[str, bool] = field(default_factory=dict)
    retained: Mapping[str, Retained] = field(default_factory=dict)
    finished: dict[str, None] = field(default_factory=dict)

    def restore(
        self,
        kept: KeptLocation,
        files: Collection[str],
        read: Callable[[Path], bytes],
        arrived: Collection[Path] = (),
    ) -> None:
        """Let the first machine use what another process found out, except for what depends on any
        of `files` or on the existence of modules in `arrived`; `read` gives the bytes of the other
        files."""
        from assetgen.analyzer.retention.restoring import Restoring

        self.heap = Heap()
        self.restoring = Restoring(kept, self.heap, read)
        self.order = kept.order
        # A module that has come may make those relevant that import it.
        self.relevance = {} if arrived else kept.relevance
        known = self.restoring.known
        stale = self._stale(known, _reached_by(Reach(files, arrived)))
        self.retained = {name: each for name, each in known.items() if name not in stale}

    def prepare(self, machine: Machine) -> Machine:
        """Let a new machine use what the last one found out and was not forgotten."""
        if self.heap is None:
            self.heap = Heap()
        elif self.machine is None:
            machine.retained = self.retained
            machine.relevance.known.update(self.relevance)
        else:
            self.order = order_of(self.machine)
            machine.retained = self.machine.retained
            if self.keeps_modules:
                _share(machine, self.machine)
            machine.memory = self.machine.memory
            machine.memory.begin()
        self.keeps_modules = True
        machine.on_evaluated = self._keep
        self.machine = machine
        return machine

    def _keep(self, module: Module) -> None:
        if self.heap is not None and module.name != self.target.modules[0].name:
            self.finished.pop(module.name, None)
            self.finished[module.name] = None
            if self.restoring is not None and self.machine is not None:
                self.restoring.pass_by(module, self.machine.contributions)
            self.heap.keep(module)

    def forget(self, files: set[str], keeps_order: bool, arrived: Collection[Path] = ()) -> None:
        """Retain for the next machine only what depends neither on any of `files` nor on the
        existence of modules in `arrived`."""
        machine, heap = self.machine, self.heap
        if machine is None or heap is None or not keeps_order or _is_ordered(machine):
            self.machine = self.heap = None
            return
        known = _known(machine)
        stale = self._stale(known, _reached_by(Reach(files, arrived)))
        for name in stale:
            heap.forget(name)
        machine.retained = {name: each for name, each in known.items() if name not in stale}
        _begin_anew(machine.retained)

    def depends_on(self, files: Collection[str], arrived: Collection[Path] = ()) -> bool:
        """Whether anything that the last machine found may rest on one of `files`, or on those
        modules being there that have `arrived` or gone."""
        machine = self.machine
        return machine is None or any(map(Reach(files, arrived).reaches, footings_of(machine)))

    def has_not_read(self, files: Collection[str]) -> bool:
        """Whether modules in any of these files are imported, but have not been evaluated."""
        modules = self.machine.modules.values() if self.machine is not None and files else ()
        return any(module.state == "new" and module.file in files for module in modules)

    @contextmanager
    def branch(self, machine: Machine, variables: frozenset[str]) -> Iterator[None]:
        """Meanwhile, a machine with other values for some environment variables uses what the last
        one found out without asking for them."""
        last = self.machine
        assert last is not None
        known = _known(last)
        stale = self._stale(known, lambda each: asks_for_any(each.contribution, variables))
        machine.retained = {name: each for name, each in known.items() if name not in stale}
        _share(machine, last)
        machine.memory = last.memory.branch()
        _begin_anew(known)
        try:
            yield
        finally:
            _undo(machine)
            for each in known.values():
                each.module.state = each.state

    def is_trusted(self, machine: Machine) -> bool:
        """Whether a machine that used what the last one found has found the same as it would have
        alone."""
        last, heap = self.machine, self.heap
        assert last is not None and heap is not None
        if _is_ordered(machine) or _is_ordered(last) or order_of(machine) != order_of(last):
            return False
        return heap.changed() <= self.tampered

    def _stale(
        self,
        known: Mapping[str, Retained],
        is_changed: Callable[[Retained], bool],
    ) -> set[str]:
        """The modules that depend on a change, directly or through other modules."""
        users = users_of(
            (name, (*each.contribution.uses, *each.others)) for name, each in known.items()
        )
        # An entry point rests on nearly everything, and nobody is interested in its values.
        stale = {*self.tampered, *(module.name for module in self.target.modules[:1])}
        stale.update(name for name, each in known.items() if is_changed(each))
        more = stale
        while more:
            stale = {*stale, *reachable(more, users)}
            more = askers_of(known, stale) - stale
            stale |= more
        return stale

    def kept(self, constants: Constants, evaluation: object | None) -> KeptLocation | None:
        """What another process can use, once this is settled for good; None if there is nothing.

        `evaluation` is what the location came to, if that is to be kept.
        """
        from assetgen.analyzer.retention.kept import KeptLocation
        from assetgen.analyzer.retention.writing import evaluation_written, written

        machine, heap = self.machine, self.heap
        if machine is None or heap is None or _is_ordered(machine):
            return None
        heap.close()
        excluded = {*self.tampered, *(module.name for module in self.target.modules[:1])}
        modules = written(_known(machine), self.finished, excluded, heap, self.restoring, constants)
        names = {module.name for module in modules}
        rest = tuple(each for each in footings_of(machine) if each.name not in names)
        came_to = evaluation_written(evaluation, constants) if evaluation is not None else b""
        known = machine.relevance.known
        return KeptLocation(repr(self.target), order_of(machine), modules, rest, came_to, known)

    def settle(self) -> bool:
        """Undo what others did in the scopes of modules, and find out whether any changed more than
        that.

        False if the values of a module that was not evaluated again were changed: then what was
        made from them may be wrong.
        """
        machine, heap = self.machine, self.heap
        assert machine is not None and heap is not None
        _undo(machine)
        self.tampered = frozenset(heap.changed())
        if machine.retained and (_is_ordered(machine) or order_of(machine) != self.order):
            return False
        return self.tampered.isdisjoint(machine.retained)


def _reached_by(reach: Reach) -> Callable[[Retained], bool]:
    return lambda known: reach.reaches(footing_of(known))


def _known(machine: Machine) -> dict[str, Retained]:
    """All modules that a machine has evaluated, or could have used as they were."""
    used = {
        name: Retained(module, machine.contributions.get(name, Contribution()), module.state)
        for name, module in machine.modules.items()
        if (name not in machine.retained or name in machine.contributions)
        and not _is_hidden(machine, name)
    }
    return {**machine.retained, **used}


def _is_hidden(machine: Machine, name: str) -> bool:
    """Whether imports of a name mean something known outside of the project, so that a module with
    that name was only evaluated for its own sake."""
    return machine.is_external(name.partition(".")[0]) and machine.is_described(name)


def _begin_anew(modules: Mapping[str, Retained]) -> None:
    """Modules count only once something needs them."""
    for each in modules.values():
        if each.module.file is not None:
            each.module.state = "new"


def _share(machine: Machine, last: Machine) -> None:
    """Let a machine use what the last one knows about files."""
    machine.project = last.project
    machine.files = last.files
    machine.relevance = last.relevance
    machine.trees = last.trees


def _undo(machine: Machine) -> None:
    """Remove what was put into the scopes of modules because other modules asked for it."""
    for entries in machine.afterthoughts.values():
        for names, name, before in reversed(entries):
            if before is None:
                names.pop(name, None)
            else:
                names[name] = before


def _is_ordered(machine: Machine) -> bool:
    """Whether the order of evaluation matters more than usual: the allowance of steps is used up,
    or the code sets an environment variable in several modules or removes one."""
    everything = machine.all_contributions()
    assigned = [name for contribution in everything for name in contribution.assigned]
    is_once = len(set(assigned)) == len(assigned)
    return (
        not is_once
        or any(contribution.removed for contribution in everything)
        or any(rule == "budget-exceeded" for each in everything for rule, _, _ in each.diagnostics)
    )
