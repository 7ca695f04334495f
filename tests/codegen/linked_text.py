"""Cases of linking in text files, and how they are linked and executed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assetgen.analyzer.model.pipeline import Module
from assetgen.codegen.dagster_names import RUNTIME, SUBSTITUTES
from assetgen.codegen.link.assembly.linker import Linker
from assetgen.codegen.link.modules.modules import Modules
from assetgen.codegen.link.modules.resolver import Resolver
from assetgen.codegen.link.modules.targets import Symbol
from assetgen.codegen.script.import_block import import_block


@dataclass(frozen=True)
class Case:
    """Files, the functions that are wanted, and the text and problems expected."""

    title: str
    sections: tuple[tuple[str, str], ...]

    @property
    def files(self) -> dict[str, str]:
        return {name: text for name, text in self.sections if name.endswith(".py")}

    @property
    def roots(self) -> list[tuple[str, str]]:
        return [tuple(line.split(":")) for line in dict(self.sections)["roots"].split()]


def read_cases(path: Path) -> list[Case]:
    cases = []
    for block in ("\n" + path.read_text()).split("\n=== ")[1:]:
        title, _, rest = block.partition("\n")
        sections = []
        for part in ("\n" + rest).split("\n--- ")[1:]:
            name, _, text = part.partition("\n")
            sections.append((name, text.strip("\n") + "\n" if text.strip() else ""))
        cases.append(Case(title, tuple(sections)))
    return cases


def write_cases(path: Path, cases: list[Case]) -> None:
    blocks = []
    for case in cases:
        parts = [f"=== {case.title}\n"]
        parts += [f"--- {name}\n{text}" for name, text in case.sections]
        blocks.append("".join(parts))
    path.write_text("\n".join(blocks))


def modules_of(files: Mapping[str, str], folder: Path) -> dict[str, Module]:
    """Write the files into a folder, and list them as modules."""
    modules = {}
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        dotted = name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        modules[dotted] = Module(dotted, name, str(file))
    return modules


def link(modules: Mapping[str, Module], roots: list[tuple[str, str]]) -> tuple[str, str, list[str]]:
    """The linked text, the problems found, and the roots' names in the text."""
    loaded = Modules(modules)
    linker = Linker(loaded, Resolver(loaded, SUBSTITUTES), RUNTIME)
    symbols = [Symbol(module, name) for module, name in roots]
    for symbol in symbols:
        linker.step_function(symbol)
    linked = linker.link()
    imports = import_block(linked.imports, linked.submodules, linked.future)
    pieces = [piece.text for piece in (*linked.early, *linked.pieces, *linked.steps, *linked.late)]
    text = "\n".join([imports, *pieces] if imports else pieces) + "\n"
    problems = "".join(
        f"{each.span}: {each.severity.value}: {each.message}\n"
        for each in sorted(linker.problems, key=lambda each: (each.span, each.message))
    )
    return text, problems, [str(linked.name_of(symbol)) for symbol in symbols]


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """Let modules of a folder be imported, and forget them afterwards."""
    known = set(sys.modules)
    path = [*sys.path]
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - known:
            origin = getattr(sys.modules[name], "__file__", None) or ""
            if origin.startswith(str(folder)) or not origin:
                del sys.modules[name]
