"""Modules from another process, whose values are restored when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from assetgen.analyzer.evaluate.contribution import Contribution, Retained
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import NONE, Module
from assetgen.analyzer.model.reachability import followed
from assetgen.analyzer.retention.heap import Heap
from assetgen.analyzer.retention.kept import (
    KeptLocation,
    KeptModule,
    content_of,
    contribution_of,
    fill,
)
from assetgen.analyzer.retention.pickling import Owned, Reader, owned_by
from assetgen.analyzer.syntax.module import ParsedModule


class NotRestoredError(Exception):
    """What was kept cannot be read: everything must be evaluated again."""


class Restoring:
    """The modules of a code location as another process left them.

    `read` gives the bytes of a source file, which are those that were evaluated.
    """

    def __init__(self, kept: KeptLocation, heap: Heap, read: Callable[[Path], bytes]) -> None:
        self.kept = {module.name: module for module in kept.modules}
        self._heap = heap
        self._read = read
        self._own: dict[str, list[object]] = {}
        self._passed: set[str] = set()
        self._waiting: list[str] = []
        self._reader = Reader(self._module, self._scope, self._object)
        self.known = {module.name: self._retained(module) for module in kept.modules}
        for name, each in self.known.items():
            if each.state == "new" or each.module.file is None:
                self._open(name)

    def owned(self, names: Iterable[str]) -> Owned:
        """The objects of some modules, as far as they have been restored."""
        found: dict[int, tuple[str, int, object]] = {}
        for name in names:
            found.update(owned_by(name, self._own.get(name, ())))
        return found

    def pass_by(self, module: Module, contributions: Mapping[str, Contribution]) -> None:
        """The objects of everything that a module depends on are not its own; `contributions` are
        those made or used so far."""

        def uses(name: str) -> Iterable[str]:
            known = self.known.get(name)
            others = known.others if known is not None else ()
            return (*contributions[name].uses, *others) if name in contributions else ()

        for name in followed([module.name], uses) & self._own.keys() - self._passed:
            self._passed.add(name)
            self._heap.pass_by(self._own[name])

    def _retained(self, kept: KeptModule) -> Retained:
        module = Module(kept.name, Scope("module"), None, kept.is_package, kept.file)
        if kept.outline is not None and kept.file is not None:
            read = partial(self._read, Path(kept.file))
            module.parsed = ParsedModule.of_outline(kept.outline, read)
        module.state = "new" if kept.file is not None else kept.state
        return Retained(
            module,
            contribution_of(kept, NONE),
            kept.state,
            kept.others,
            partial(self._open, kept.name),
        )

    def _open(self, name: str) -> None:
        """Restore the values of a module, and those of modules whose functions it has."""
        self._waiting.append(name)
        while self._waiting:
            name = self._waiting.pop()
            if name in self._own:
                continue
            self._own[name] = []
            try:
                kept, known = self.kept[name], self.known[name]
                read = self._reader.read(content_of(kept.content))
                fill(known, read.thing)
                self._heap.watch(known.module, read.watched)
            except Exception as error:
                raise NotRestoredError(name) from error
            self._own[name] = read.own

    def _module(self, name: str) -> Module:
        return self.known[name].module

    def _scope(self, name: str) -> Scope:
        self._waiting.append(name)
        return self.known[name].module.scope

    def _object(self, name: str, number: int) -> object:
        if name not in self._own:
            waiting, self._waiting = self._waiting, []
            self._open(name)
            self._waiting += waiting
        return self._own[name][number]


def evaluation_of(kept: KeptLocation) -> object:
    """What a code location came to, which holds nothing of its modules."""

    def nothing(*_: object) -> Any:
        raise LookupError

    try:
        return Reader(nothing, nothing, nothing).read(content_of(kept.evaluation)).thing
    except Exception as error:
        raise NotRestoredError(kept.target) from error
