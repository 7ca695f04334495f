"""A project that is analysed once, and after each change again as far as the change reaches."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
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
from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.incremental.facts import may_change_locations, may_change_relevance
from assetgen.analyzer.lint.suppressions import suppressions_in
from assetgen.analyzer.project.code_locations import Discovery, LoadTarget
from assetgen.analyzer.project.configuration import Configuration
from assetgen.analyzer.project.declarations import DECLARING_FILES
from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.repository import PROJECT_MARKERS
from assetgen.analyzer.retention.location import Location, Reach


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
        # Files whose text has changed, but nothing that anybody has looked at.
        self._outdated: set[str] = set()
        self._disk = Disk()
        for path, content in self._unsaved.items():
            self._disk.replace(path, content)
        self._found: tuple[Configuration, Discovery] | None = None
        self._locations: dict[LoadTarget, Location] = {}

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
        if self._found is not None and keeps_order and _allow_alike(changed):
            reach = with_room(lambda: self._reach(changed, self._found))
            if reach is Reach.LOST:
                return False
            if reach is Reach.NOWHERE:
                self._outdated |= files
                self._is_stale = False
                return True
        for location in self._locations.values():
            location.forget(files | self._outdated, keeps_order)
        self._outdated = set()
        return True

    def _reach(
        self, changed: Iterable[Path], found: tuple[Configuration, Discovery] | None
    ) -> Reach:
        """How far the furthest change goes, of files that are modules."""
        if found is None or any(path.suffix != ".py" for path in changed):
            return Reach.FURTHER
        request = with_settings(self._request, found[0])
        for path in changed:
            for target, location in self._locations.items():
                machine = machine_for(target, self._disk, request)
                reach = location.reach_of(os.fspath(path), machine)
                if reach is not Reach.NOWHERE:
                    return reach
        return Reach.NOWHERE

    def _is_news(self, path: Path) -> bool:
        """Whether something else lies at a path than when its folder was listed."""
        return self._disk.kind(path) is not Disk().kind(path)

    def _evaluated(self) -> Analysis:
        if self._found is None:
            self._found = discover(self._request, self._disk)
        configuration, discovery = self._found
        request = with_settings(self._request, configuration)

        def machine_of(target: LoadTarget) -> Machine:
            location = self._locations.setdefault(target, Location(target))
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


def _allow_alike(changed: Mapping[Path, tuple[bytes, bytes]]) -> bool:
    """Whether the comments that allow findings are the same as before."""
    return all(
        suppressions_in(str(path), before) == suppressions_in(str(path), after)
        for path, (before, after) in changed.items()
    )


_CONFIGURING: Final = frozenset(
    {*PROJECT_MARKERS, *DECLARING_FILES, ".gitignore", "uv.lock", "pytest.ini", "tox.ini"}
)
"""What says which modules there are, and from where they import."""
