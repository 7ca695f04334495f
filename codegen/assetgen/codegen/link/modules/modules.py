"""The modules that may be linked, parsed when they are first asked for."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import lru_cache

from assetgen.analyzer.model.pipeline import Module
from assetgen.analyzer.project.disk import Disk, Refused, absolute
from assetgen.analyzer.project.modules.compiled import is_compiled
from assetgen.analyzer.syntax.module import ParsedModule, parse_module
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.analyzer.syntax.proven import Taken
from assetgen.codegen.link.modules.source_module import SourceModule, source_module

Trees = Mapping[str, tuple[bytes, ParsedModule | SyntaxProblem]]
"""By file, its bytes and what they have been parsed to."""


class Modules:
    """Modules by dotted name; each file is read and parsed once, and only if it is needed.

    Beside the modules given, those that lie in the same source roots can be linked: an analysis
    has no need to look into a module that only the inside of a function uses.
    """

    def __init__(
        self,
        modules: Mapping[str, Module],
        trees: Trees | None = None,
        library: str = "",
        disk: Disk | None = None,
    ) -> None:
        """`trees` are those that there are already: what has the same bytes is not parsed again.
        Functions of `library` (a package) are all looked into. All is read through `disk`."""
        self._library = library
        self._disk = disk if disk is not None else Disk()
        self._modules: dict[str, Module | None] = dict(modules)
        self._trees = trees or {}
        self._packages = {
            ".".join(parts[:length])
            for parts in (name.split(".") for name in self._modules)
            for length in range(1, len(parts))
        }
        self._roots = sorted({root for each in modules.values() for root in _roots_of(each)})
        self._parsed: dict[str, SourceModule | SyntaxProblem] = {}

    def __contains__(self, name: str) -> bool:
        """Whether a module or a package without a file of its own goes by that name."""
        return name in self._packages or self._module(name) is not None

    def __getitem__(self, name: str) -> SourceModule | SyntaxProblem | None:
        """The module; None if it has no file (a namespace package) or is none of the project's."""
        known = self._parsed.get(name)
        if known is None:
            module = self._module(name)
            if module is None:
                return None
            known = self._parsed[name] = self._read(module)
        return known

    def loaded(self) -> tuple[SourceModule, ...]:
        """The modules parsed so far, in the order in which they were asked for."""
        return tuple(each for each in self._parsed.values() if isinstance(each, SourceModule))

    def _read(self, module: Module) -> SourceModule | SyntaxProblem:
        file = absolute(module.file)
        data = self._disk.source(file)
        if isinstance(data, Refused):
            return SyntaxProblem(module.path, f"cannot be read: {data.reason}", 1, 1)
        known, parsed = self._trees.get(module.file, (None, None))
        if parsed is None or known != data or b"\r" in data:
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            # All of the library is looked at, and known to be valid; of a module of the project it
            # is little.
            is_whole = self._is_whole(module.name)
            is_taken = is_whole or is_compiled(module.file, self._disk.stamp(str(file)))
            parsed = parse_module(
                data, module.path, deferred=not is_whole, proven=Taken() if is_taken else None
            )
        return parsed if isinstance(parsed, SyntaxProblem) else source_module(module, parsed)

    def _is_whole(self, name: str) -> bool:
        return bool(self._library) and is_within(self._library, name)

    def _module(self, name: str) -> Module | None:
        if name not in self._modules:
            self._modules[name] = self._on_disk(name)
        return self._modules[name]

    def _on_disk(self, name: str) -> Module | None:
        parts = name.split(".")
        if not all(part.isidentifier() for part in parts) or parts[0] in sys.stdlib_module_names:
            return None
        for folder, shown in self._roots:
            for ending in (".py", "/__init__.py"):
                place = "/".join(parts) + ending
                file = f"{folder}{place}"
                if self._disk.is_file(absolute(file)):
                    return Module(name, f"{shown}{place}", file)
        return None


@lru_cache(maxsize=10_000)
def is_within(package: str, name: str) -> bool:
    """Whether a module is a package or in it."""
    return f"{name}.".startswith(f"{package}.")


def _roots_of(module: Module) -> list[tuple[str, str]]:
    """The folder that a module's dotted name counts from, on disk and as it is shown."""
    for ending in (".py", "/__init__.py"):
        place = module.name.replace(".", "/") + ending
        file = module.file.replace("\\", "/")
        if file.endswith(f"/{place}") and module.path.endswith(place):
            return [(file[: -len(place)], module.path[: -len(place)])]
    return []
