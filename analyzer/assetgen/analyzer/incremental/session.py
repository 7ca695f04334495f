"""A project that is analysed once, and after each change again as far as the change reaches."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from assetgen.analyzer.analysis import (
    Analysis,
    Request,
    analysis_of,
    discover,
    evaluate,
    machine_for,
    with_room,
    with_settings,
)
from assetgen.analyzer.evaluate.contribution import Contribution, Retained
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.values import Module
from assetgen.analyzer.incremental.facts import may_change_locations, may_change_relevance
from assetgen.analyzer.incremental.heap import Heap
from assetgen.analyzer.project.code_locations import Discovery, LoadTarget
from assetgen.analyzer.project.configuration import Configuration
from assetgen.analyzer.project.disk import Disk


class Session:
    """Analyses of one request, each as a new run would give it.

    `update` is told which files hold something else than before. What Python's import system, and
    values that modules change in each other, make depend on such a file is evaluated again, and
    nothing else. Where it cannot be told what depends on a change, everything is.
    """

    def __init__(self, request: Request) -> None:
        self._request = replace(request, environment_effects=False, explained=None)
        self._unsaved: dict[Path, bytes] = {}
        self._analysis: Analysis | None = None
        self._begin()

    def analysis(self) -> Analysis:
        """The first analysis, or the last one again."""
        if self._analysis is None:
            self._analysis = with_room(self._evaluated)
        return self._analysis

    def update(self, changes: Mapping[Path, bytes | None]) -> Analysis:
        """The analysis after files have changed: `changes` holds what is in them now.

        None says that the file is to be read from disk, and that it may have come or gone. Bytes
        count before what is on disk, until None is said of the file.
        """
        for path, content in changes.items():
            if content is None:
                self._unsaved.pop(path, None)
            else:
                self._unsaved[path] = content
        now = Disk()
        contents = {path: self._content(path, now) for path in changes}
        if self._analysis is None or not self._apply(contents, now):
            self._begin()
        elif self._is_stale:
            self._analysis = None
        return self.analysis()

    @property
    def disk(self) -> Disk:
        """The files as the last analysis saw them."""
        return self._disk

    def _begin(self) -> None:
        self._analysis = None
        self._is_stale = False
        self._disk = Disk()
        for path, content in self._unsaved.items():
            self._disk.replace(path, content)
        self._found: tuple[Configuration, Discovery] | None = None
        self._locations: dict[LoadTarget, _Location] = {}

    def _content(self, path: Path, now: Disk) -> bytes | None:
        unsaved = self._unsaved.get(path)
        if unsaved is not None:
            return unsaved
        content = now.read(path)
        return content if isinstance(content, bytes) else None

    def _apply(self, contents: Mapping[Path, bytes | None], now: Disk) -> bool:
        """Take over what files hold now; False where that asks for a new beginning."""
        changed: dict[Path, tuple[bytes, bytes]] = {}
        for path, content in contents.items():
            before = self._disk.known(path)
            if content is None or not isinstance(before, bytes):
                if content is None and before is None and not self._is_news(path):
                    continue
                if isinstance(content, bytes) and before is None and self._disk.is_file(path):
                    continue
                return False
            if content != before:
                changed[path] = (before, content)
            elif path not in self._unsaved:
                self._disk.replace(path, content, now.stamp(os.fspath(path)))
        if any(path.name in _CONFIGURING for path in changed):
            return False
        for path, (_, content) in changed.items():
            stamp = None if path in self._unsaved else now.stamp(os.fspath(path))
            self._disk.replace(path, content, stamp)
        self._is_stale = bool(changed)
        if any(may_change_locations(path, *texts) for path, texts in changed.items()):
            self._found = None
        keeps_order = not any(may_change_relevance(path, *texts) for path, texts in changed.items())
        files = {os.fspath(path) for path in changed}
        for location in self._locations.values():
            location.forget(files, keeps_order)
        return True

    def _is_news(self, path: Path) -> bool:
        """Whether something else lies at a path than when its folder was listed."""
        return self._disk.kind(path) is not Disk().kind(path)

    def _evaluated(self) -> Analysis:
        if self._found is None:
            self._found = discover(self._request, self._disk)
        configuration, discovery = self._found
        request = with_settings(self._request, configuration)

        def machine_of(target: LoadTarget) -> Machine:
            location = self._locations.setdefault(target, _Location(target))
            return location.prepare(machine_for(target, self._disk, request))

        evaluations = evaluate(discovery, self._disk, request, machine_of)
        for target in [known for known in self._locations if known not in discovery.targets]:
            del self._locations[target]
        tampered = [target for target, location in self._locations.items() if not location.settle()]
        if tampered:
            for target in tampered:
                del self._locations[target]
            return self._evaluated()
        return analysis_of(request, configuration, discovery, evaluations, self._disk)


_CONFIGURING: Final = frozenset(
    {
        *(".gitignore", "pyproject.toml", "assetgen.toml", "dg.toml", "workspace.yaml"),
        *("setup.py", "setup.cfg", "uv.lock", "pytest.ini", "tox.ini"),
    }
)
"""What says which modules there are, and from where they import."""


@dataclass(slots=True, eq=False)
class _Location:
    """What is kept of one code location between two analyses."""

    target: LoadTarget
    machine: Machine | None = None
    heap: Heap | None = None
    tampered: frozenset[str] = frozenset()

    def prepare(self, machine: Machine) -> Machine:
        """Let a new machine use what the last one found out and was not forgotten."""
        if self.machine is None or self.heap is None:
            self.heap = Heap()
        else:
            machine.retained = self.machine.retained
            machine.memory = self.machine.memory
            machine.memory.begin()
            machine.trees = self.machine.trees
            machine.relevance = self.machine.relevance
            machine.project = self.machine.project
            machine.files = self.machine.files
        machine.on_evaluated = self._keep
        self.machine = machine
        return machine

    def _keep(self, module: Module) -> None:
        if self.heap is not None and module.name != self.target.modules[0].name:
            self.heap.keep(module)

    def forget(self, files: set[str], keeps_order: bool) -> None:
        """Retain for the next machine what does not depend on any of `files`."""
        machine, heap = self.machine, self.heap
        if machine is None or heap is None or not keeps_order or _is_cut_short(machine):
            self.machine = self.heap = None
            return
        # An entry point rests on nearly everything, and nobody is interested in its values.
        entries = frozenset(module.name for module in self.target.modules[:1])
        stale = _stale(machine, files, self.tampered | entries)
        for name in stale:
            heap.forget(name)
        retained = {
            **machine.retained,
            **{
                name: Retained(
                    module, machine.contributions.get(name, Contribution()), module.state
                )
                for name, module in machine.modules.items()
                if name not in machine.retained or name in machine.contributions
            },
        }
        machine.retained = {name: each for name, each in retained.items() if name not in stale}
        for each in machine.retained.values():
            if each.module.file is not None:
                each.module.state = "new"

    def settle(self) -> bool:
        """Undo what others did in the scopes of modules, and see whether any changed more.

        False if the values of a module that was not evaluated again were changed: what was made of
        them may be wrong.
        """
        machine, heap = self.machine, self.heap
        assert machine is not None and heap is not None
        for entries in machine.afterthoughts.values():
            for names, name, before in reversed(entries):
                if before is None:
                    names.pop(name, None)
                else:
                    names[name] = before
        self.tampered = frozenset(heap.changed())
        return self.tampered.isdisjoint(machine.retained)


def _stale(machine: Machine, files: set[str], tampered: frozenset[str]) -> set[str]:
    """The modules that depend on a change: on a file, or on a module that does."""
    unused = {name: each.contribution for name, each in machine.retained.items()}
    modules = {name: each.module for name, each in machine.retained.items()} | machine.modules
    users: dict[str, list[str]] = {}
    stale = set(tampered)
    for name, contribution in {**unused, **machine.contributions}.items():
        for used in contribution.uses:
            users.setdefault(used, []).append(name)
        if not contribution.data.isdisjoint(files):
            stale.add(name)
    stale |= {name for name, module in modules.items() if module.file in files}
    waiting = list(stale)
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user not in stale:
                stale.add(user)
                waiting.append(user)
    return stale


def _is_cut_short(machine: Machine) -> bool:
    """Whether what is evaluated first decides what is evaluated at all."""
    return any(rule == "budget-exceeded" for rule, _, _ in machine.diagnostics)
