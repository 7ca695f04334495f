"""Which modules must be evaluated when they are imported, and which can wait until they are
needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from assetgen.analyzer.evaluate.import_effects import effects_on, takes_note
from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.project.modules.modules import ModuleFile, Project
from assetgen.analyzer.syntax.prefilter import imported_names, mentions

_APIS = (b"dagster", b"assetgen")


def imports_an_api(data: bytes) -> bool:
    """Whether a file itself may import an API that declares assets."""
    return mentions(data, _APIS)


_SETTING: Final = late(rb"\benviron(?:\[[^\]\n]*\]\s*=(?!=)|\.(?:setdefault|update)\b)")


_BROKEN: Final = (
    b"\n<<<<<<< ",
    b"\n>>>>>>> ",
    b"\n=======\n",
    *(b"\xe2\x80" + bytes([end]) for end in (0x98, 0x99, 0x9C, 0x9D)),
)
"""Marks of a merge, and quotes of printed text, with which a file may not be valid Python."""


def matters(data: bytes) -> bool:
    """Whether importing a file may matter by itself: it imports an API, sets environment variables
    that others ask for later, or may not be valid Python."""
    if imports_an_api(data) or (b"environ" in data and _SETTING.search(data) is not None):
        return True
    return data.startswith(b"<<<<<<< ") or any(mark in data for mark in _BROKEN)


class Relevance:
    """Whether importing a module can matter by itself: if the file, or any module of the project
    that it imports, directly or not, imports an API that declares assets, sets environment
    variables, or does something to another module of the project. What is `known` by the names of
    modules is remembered."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.known: dict[str, bool] = {}

    def is_relevant(self, module: ModuleFile) -> bool:
        known = self.known.get(module.name)
        if known is None:
            known = self.known[module.name] = self._reaches_an_api(module)
        return known

    def _reaches_an_api(self, start: ModuleFile) -> bool:
        seen = {start.name}
        waiting = [start]
        derives = False
        texts: list[bytes] = []
        while waiting:
            module = waiting.pop()
            data = self._project.read(module.file) if module.file is not None else b""
            if not isinstance(data, bytes):
                continue
            if matters(data):
                return True
            acted_on, derived = effects_on(data, partial(self._is_in_project, module))
            if acted_on:
                return True
            derives = derives or bool(derived)
            texts.append(data)
            names = imported_names(data)
            if self._misses_a_module(module, names):
                return True
            for imported in self._imports(module, names):
                known = self.known.get(imported.name)
                if known:
                    return True
                if known is None and imported.name not in seen:
                    seen.add(imported.name)
                    waiting.append(imported)
        if derives and any(map(takes_note, texts)):
            return True
        self.known.update(dict.fromkeys(seen, False))
        return False

    def _misses_a_module(self, module: ModuleFile, names: Iterable[str]) -> bool:
        """Whether a file may import a module that a package of the project lacks: `a.b` of
        `from a.b import c`, of which only `a` is there."""
        find = self._project.find_module
        for name in names:
            absolute = _absolute(name, module.package)
            parent = absolute.rpartition(".")[0]
            package = parent.rpartition(".")[0]
            found = find(package) if package and find(parent) is None else None
            if found is not None and found.is_package:
                return True
        return False

    def _is_in_project(self, module: ModuleFile, name: str) -> bool:
        absolute = _absolute(name, module.package)
        return bool(absolute) and self._project.find_module(absolute) is not None

    def _imports(self, module: ModuleFile, names: Iterable[str]) -> Iterator[ModuleFile]:
        for name in names:
            absolute = _absolute(name, module.package)
            found = self._project.find_module(absolute) if absolute else None
            if found is not None:
                yield found


def _absolute(name: str, package: str) -> str:
    """A name as imported in a module of `package`, its leading dots resolved."""
    bare = name.lstrip(".")
    level = len(name) - len(bare)
    if not level:
        return name
    parts = package.split(".")
    if level > len(parts):
        return ""
    return ".".join(filter(None, [*parts[: len(parts) - level + 1], bare]))
