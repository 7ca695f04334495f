"""A project that is analysed once, and after each change only as far as the change reaches."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from assetgen.analyzer.analysis import (
    Analysis,
    Evaluation,
    Found,
    Request,
    Trees,
    analysis_of,
    discover,
    evaluate,
    machine_for,
    with_settings,
)
from assetgen.analyzer.edits.arrivals import can_go_on
from assetgen.analyzer.edits.changes import moves_of
from assetgen.analyzer.edits.configuring import CONFIGURING
from assetgen.analyzer.edits.facts import (
    may_change_locations,
    may_change_relevance,
    may_lose_names,
)
from assetgen.analyzer.edits.moves import Moves
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.files.shown import shown
from assetgen.analyzer.project.locations.load_targets import LoadTarget
from assetgen.analyzer.retention.location import Location
from assetgen.analyzer.room import with_room
from assetgen.analyzer.syntax.module import ParsedModule, parse_module
from assetgen.analyzer.syntax.problem import SyntaxProblem


class Session:
    """Analyses of one request, each as a new run would give it.

    `update` is told which files have changed. What depends on such a file, through Python's import
    system or through values that modules change in each other, is evaluated again, and nothing
    else. If it cannot be determined what depends on a change, everything is.
    """

    def __init__(self, request: Request) -> None:
        self._request = replace(request, environment_effects=False, explained=None)
        self._unsaved: dict[Path, bytes] = {}
        self._analysis: Analysis | None = None
        self._begin()

    def analysis(self) -> Analysis:
        """The analysis of what files hold now: the last one, if it is still valid."""
        if self._analysis is None or not self._stands():
            self._forget()
            self._analysis = with_room(self._evaluated)
        return self._analysis

    def update(self, changes: Mapping[Path, bytes | None]) -> Analysis:
        """The analysis after files have changed, as in `take`."""
        self.take(changes)
        return self.analysis()

    def take(self, changes: Mapping[Path, bytes | None]) -> None:
        """Files have changed: `changes` holds their new contents.

        None means that the file is to be read from disk, and may have been added or removed. Given
        bytes take precedence over the disk until None is given for that file.
        """
        for path, content in changes.items():
            if content is None:
                self._unsaved.pop(path, None)
            else:
                self._unsaved[path] = content
        now = Disk()
        contents = {path: self._content(path, now) for path in changes}
        if not self._replace(contents, now):
            self._begin()

    def moves(self) -> Mapping[str, Moves] | None:
        """Where things have moved since the last analysis, by the shown paths of files.

        None if more than positions may have changed, or if nothing was analysed yet.
        """
        if self._analysis is None or self._arrived:
            return None
        if any(change.moves is None for change in self._changes.values()):
            return None
        return {
            shown(path): change.moves
            for path, change in self._changes.items()
            if change.moves is not None
        }

    @property
    def disk(self) -> Disk:
        """The files as they are known."""
        return self._disk

    def _begin(self) -> None:
        self._analysis = None
        self._changes: dict[Path, _Change] = {}
        self._arrived: set[Path] = set()
        self._disk = Disk()
        for path, content in self._unsaved.items():
            self._disk.replace(path, content)
        self._found: Found | None = None
        self._locations: dict[LoadTarget, Location] = {}
        self._known: dict[LoadTarget, Evaluation] = {}
        self._trees: Trees = {}
        self._typed: Trees = {}

    def _content(self, path: Path, now: Disk) -> bytes | None:
        unsaved = self._unsaved.get(path)
        if unsaved is not None:
            return unsaved
        content = now.read(path)
        return content if isinstance(content, bytes) else None

    def _replace(self, contents: Mapping[Path, bytes | None], now: Disk) -> bool:
        """Take over the new contents of files; False if that needs a new analysis from scratch."""
        changed: dict[Path, tuple[bytes, bytes]] = {}
        arrived: dict[Path, bytes | None] = {}
        for path, content in contents.items():
            before = self._disk.known(path)
            if content is None or not isinstance(before, bytes):
                if content is None and before is None and not self._is_news(path):
                    continue
                if isinstance(content, bytes) and before is None and self._disk.is_file(path):
                    if path in self._unsaved:  # as it is to be read, if it ever is
                        self._disk.replace(path, content)
                    continue
                arrived[path] = content
                continue
            if content != before:
                changed[path] = (before, content)
            elif path not in self._unsaved:
                self._disk.replace(path, content, now.stamp(os.fspath(path)))
        if self._analysis is None or any(path.name in CONFIGURING for path in changed):
            return False
        if arrived and not self._take_arrivals(arrived, now):
            return False
        readings = self._analysis.readings
        for path, (before, content) in changed.items():
            stamp = None if path in self._unsaved else now.stamp(os.fspath(path))
            self._disk.replace(path, content, stamp)
            known = self._changes.get(path)
            first = known.before if known else before
            moves = moves_of(path, first, content, readings, partial(self._parsed, path))
            self._changes[path] = _Change(first, content, moves)
        return True

    def _take_arrivals(self, arrived: Mapping[Path, bytes | None], now: Disk) -> bool:
        """Take over that files were added or removed; False if that needs a new analysis from
        scratch."""
        if any(path in self._unsaved or path in self._changes for path in arrived):
            return False
        for folder in {path.parent for path in arrived}:
            if not self._disk.is_folder(folder):
                return False
            if not {folder / name for name in self._disk.relist(folder)} <= arrived.keys():
                return False
        for path, content in arrived.items():
            if self._disk.is_file(path) is (content is None):
                return False  # it cannot be read, or comes and goes
            self._disk.drop(path)
            if content is not None:
                self._disk.replace(path, content, now.stamp(os.fspath(path)))
        self._arrived |= arrived.keys()
        contents = self._disk.contents()
        texts = (text for path, text in contents if path.endswith(".py"))
        return can_go_on(arrived, self._disk, (each for each in texts if isinstance(each, bytes)))

    def _parsed(self, path: Path, data: bytes, shown: str) -> ParsedModule | SyntaxProblem:
        """What a module was parsed to: as it was analysed, or as it has been edited since."""
        file = os.fspath(path)
        for trees in (self._trees, self._typed):
            if file in trees and trees[file][0] == data:
                return trees[file][1]
        self._typed[file] = data, parse_module(data, shown, deferred=True)
        return self._typed[file][1]

    def _stands(self) -> bool:
        """Whether a new analysis would give the same as the last one."""
        return not self._arrived and all(
            change.moves is not None and change.moves.are_none for change in self._changes.values()
        )

    def _forget(self) -> None:
        """Let the locations forget what depends on the files that have changed."""
        changes = [(path, each.before, each.after) for path, each in self._changes.items()]
        if self._arrived or any(may_change_locations(*change) for change in changes):
            self._found = None
        keeps_order = not any(may_change_relevance(*change) for change in changes)
        losing = {os.fspath(change[0]) for change in changes if may_lose_names(*change)}
        files = {os.fspath(path) for path in (*self._changes, *self._arrived)}
        files.update(os.fspath(path.parent) for path in self._arrived)
        arrived, self._arrived = self._arrived, set()
        self._changes = {}
        self._trees.update(self._typed)
        self._typed.clear()
        for target, location in self._locations.items():
            # Where a location looks later there may be modules that it has not found before.
            location.keeps_modules = location.keeps_modules and not arrived
            keeps_it = keeps_order and not location.has_not_read(losing)
            if not keeps_it or location.depends_on(files, arrived):
                self._known.pop(target, None)
                location.forget(files, keeps_it, arrived)

    def _is_news(self, path: Path) -> bool:
        """Whether a path leads to something else than when its folder was listed."""
        return self._disk.kind(path) is not Disk().kind(path)

    def _evaluated(self) -> Analysis:
        if self._found is None:
            self._found = discover(self._request, self._disk)
        found = self._found
        request = with_settings(self._request, found.configuration)

        def machine_of(target: LoadTarget) -> Machine:
            location = self._locations.setdefault(target, Location(target))
            if self._known.pop(target, None) is not None:
                location.forget(set(), keeps_order=True)
            machine = machine_for(target, self._disk, request)
            machine.trees = self._trees
            return location.prepare(machine)

        targets = found.discovery.targets
        evaluations = evaluate(found.discovery, self._disk, request, machine_of, self._known)
        for target in self._locations.keys() - {*targets}:
            del self._locations[target]
        new = [target for target in self._locations if target not in self._known]
        tampered = [target for target in new if not self._locations[target].settle()]
        self._known = dict(zip(targets, evaluations, strict=True))
        if tampered:
            for target in tampered:
                del self._locations[target], self._known[target]
            return self._evaluated()
        return analysis_of(request, found, evaluations, self._disk, self._locations)


@dataclass(frozen=True, slots=True)
class _Change:
    """A file that holds `after` since it was analysed with `before`, and where things in it have
    moved; None if more than that may have changed."""

    before: bytes
    after: bytes
    moves: Moves | None
