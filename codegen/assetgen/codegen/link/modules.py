"""The modules that may be linked, parsed when they are first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assetgen.analyzer.model.pipeline import Module
from assetgen.analyzer.syntax.module import parse_module
from assetgen.analyzer.syntax.problem import SyntaxProblem
from assetgen.codegen.link.source_module import SourceModule, source_module


class Modules:
    """Modules by dotted name; each file is read and parsed once, and only if it is needed."""

    def __init__(self, modules: Mapping[str, Module]) -> None:
        self._modules = dict(modules)
        self._packages = {
            ".".join(parts[:length])
            for parts in (name.split(".") for name in self._modules)
            for length in range(1, len(parts))
        }
        self._parsed: dict[str, SourceModule | SyntaxProblem] = {}

    def __contains__(self, name: str) -> bool:
        """Whether a module or a package without a file of its own goes by that name."""
        return name in self._modules or name in self._packages

    def __getitem__(self, name: str) -> SourceModule | SyntaxProblem | None:
        """The module; None if it has no file (a namespace package)."""
        if name not in self._modules:
            return None
        if name not in self._parsed:
            self._parsed[name] = self._read(self._modules[name])
        return self._parsed[name]

    def loaded(self) -> tuple[SourceModule, ...]:
        """The modules parsed so far, in the order in which they were asked for."""
        return tuple(each for each in self._parsed.values() if isinstance(each, SourceModule))

    def _read(self, module: Module) -> SourceModule | SyntaxProblem:
        try:
            data = Path(module.file).read_bytes()
        except OSError as error:
            return SyntaxProblem(module.path, f"cannot be read: {error.strerror}", 1, 1)
        parsed = parse_module(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), module.path)
        return parsed if isinstance(parsed, SyntaxProblem) else source_module(module, parsed)
