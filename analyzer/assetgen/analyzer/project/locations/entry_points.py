"""Which modules look like those that Dagster is pointed at, from their text alone.

A line of a module, outside of functions and classes, that makes a `Definitions` or `@repository`
counts as a sign. These are guesses for projects that declare no code location; nothing here decides
what an asset is.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.project.disk import Refused
from assetgen.analyzer.project.files.quiet import without_warnings
from assetgen.analyzer.project.files.source_bytes import searchable
from assetgen.analyzer.project.files.walking import python_files
from assetgen.analyzer.project.modules.modules import ModuleFile, Project


def makes_definitions(source: bytes) -> bool:
    """Whether a module assigns a `Definitions` to a global, or decorates a function into one."""
    if b"efinitions" not in source and b"repository" not in source and b"defs" not in source:
        return False
    source = searchable(source)
    starts = [
        match.start()
        for match in _ENTRY.finditer(source)
        if not match.group(1) or _is_run_at_once(source, match.start(1), len(match.group(1)))
    ]
    if not all(_may_be_text(source, start) for start in starts):
        return True
    return bool(starts) and not _are_texts(source, starts)


def _may_be_text(source: bytes, start: int) -> bool:
    """Whether a line looks like one of a string over several lines, such as a template."""
    return any(source.count(quotes, 0, start) % 2 for quotes in (b'"""', b"'''"))


def _are_texts(source: bytes, starts: list[int]) -> bool:
    """Whether each of these lines is in a string."""
    try:
        with without_warnings():
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    texts = [
        (node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.Constant) and isinstance(node.value, str))
    ]
    lines = [source.count(b"\n", 0, start) + 1 for start in starts]
    return all(any(first < line <= last for first, last in texts) for line in lines)


def _is_run_at_once(source: bytes, start: int, indent: int) -> bool:
    """Whether the indented line at `start` is in a block of the module itself: neither in a
    function or class nor in the arguments of a call."""
    closed = False
    for line in _lines_above(source, start):
        words = line.strip()
        margin = len(line) - len(line.lstrip())
        if not words or words.startswith(b"#") or margin >= indent:
            continue
        if words.startswith((b")", b"]", b"}")):  # of a header over several lines
            indent, closed = margin + 1, True
            continue
        if words.startswith((b"def ", b"async def ", b"class ")):
            return False
        if words.partition(b" #")[0].endswith((b"(", b"[", b"{", b",")) and not closed:
            return False
        if not margin:
            return True
        indent, closed = margin, False
    return True


def _lines_above(source: bytes, start: int) -> Iterator[bytes]:
    """The lines above the one that begins at `start`, the nearest first."""
    while start > 0:
        end = start - 1
        start = source.rfind(b"\n", 0, end) + 1
        yield source[start:end]


def mentions_definitions(source: bytes) -> bool:
    """Whether a module may define assets: it imports Dagster, or uses a decorator of that name."""
    return bool(_RELEVANT.search(searchable(source)))


def is_test_path(path: Path) -> bool:
    """Whether a relative path is that of a test, which only makes definitions to try them."""
    name = path.name
    return (
        name.startswith("test_")
        or name.endswith("_test.py")
        or name == "conftest.py"
        or any(part in _TEST_FOLDERS or part.endswith("_tests") for part in path.parts[:-1])
    )


def outermost(entries: tuple[ModuleFile, ...], project: Project) -> tuple[ModuleFile, ...]:
    """The entry points that no other one imports, directly or not, or loads from its defs folder.

    Of a circle, the first stays.
    """
    if len(entries) < 2:
        return entries
    imports: dict[Path, tuple[ModuleFile, ...]] = {}
    paths = frozenset(entry.path for entry in entries)
    reached = {path: frozenset[Path]() for path in paths}
    reaching: dict[Path, set[Path]] = {path: set() for path in paths}
    for entry in entries:
        others = paths.intersection(_reached((entry,), project, imports)) - {entry.path}
        reached[entry.path] = others
        for other in others:
            reaching[other].add(entry.path)
    kept: dict[Path, ModuleFile] = {}
    for entry in entries:
        above = reaching[entry.path]
        if above <= reached[entry.path] and above.isdisjoint(kept):
            kept[entry.path] = entry
    return tuple(kept.values())


def files_reached(modules: Iterable[ModuleFile], project: Project) -> frozenset[Path]:
    """The files of some modules, and those that they import, directly or not."""
    return _reached(modules, project, {})


def _reached(
    modules: Iterable[ModuleFile], project: Project, imports: dict[Path, tuple[ModuleFile, ...]]
) -> frozenset[Path]:
    """Following imports inside of the project."""
    waiting = list(modules)
    seen = {module.path for module in waiting}
    while waiting:
        module = waiting.pop()
        if module.path not in imports:
            imports[module.path] = _loaded_by(module, project)
        for imported in imports[module.path]:
            if imported.path not in seen:
                seen.add(imported.path)
                waiting.append(imported)
    return frozenset(seen)


def _loaded_by(module: ModuleFile, project: Project) -> tuple[ModuleFile, ...]:
    source = project.read(module.path) if module.file is not None else b""
    if isinstance(source, Refused):
        return ()
    found = list(_imported(module, source, project))
    if any(loader in source for loader in _FOLDER_LOADERS):
        found += map(project.module_at, _loaded_from_folder(module, project))
    return tuple({imported.path: imported for imported in found}.values())


def _loaded_from_folder(module: ModuleFile, project: Project) -> Iterator[Path]:
    """The files of the `defs` folder that Dagster finds from a module: beside it, or above."""
    for folder in (module.path.parent, *module.path.parent.parents):
        if project.disk.is_folder(folder / "defs"):
            yield from python_files(folder / "defs", project.disk)
            return
        if folder == module.root:
            return


def _imported(module: ModuleFile, source: bytes, project: Project) -> Iterator[ModuleFile]:
    for match in _IMPORT.finditer(searchable(source)):
        plain, dots, origin, names = (
            group.decode("utf-8", "replace") for group in match.groups(b"")
        )
        for name in plain.split(","):
            yield from _with_parents(name.split(" as ")[0].strip(), project)
        if not plain:
            base = _relative(module, len(dots), origin)
            yield from _with_parents(base, project)
            for name in names.strip("()").split(","):
                words = name.split()
                submodule = project.find_module(f"{base}.{words[0]}") if words and base else None
                if submodule is not None:
                    yield submodule


def _with_parents(name: str, project: Project) -> Iterator[ModuleFile]:
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        module = project.find_module(".".join(parts[:length]))
        if module is None:
            return
        yield module


def _relative(module: ModuleFile, dots: int, origin: str) -> str:
    if not dots:
        return origin
    package = module.package.split(".")
    base = package[: len(package) - dots + 1]
    return ".".join([*base, origin] if origin else base)


_FOLDER_LOADERS: Final = (b"defs_folder", b"load_defs", b"load_project_defs")
_TEST_FOLDERS: Final = frozenset({"tests", "test", "testing"})

_ENTRY: Final = late(
    rb"^([ \t]*)\w+[ \t]*(?::[^=\n]+)?=[ \t]*(?:\(\s*)?(?:\w+\.)*"
    rb"(?:Definitions(?:\.merge\w*)?|load_from_defs_folder|load_project_defs|load_defs"
    rb"|load_definitions_from_\w+)[ \t]*\("
    rb"|^@(?:\w+\.)*(?:definitions|repository)\b"
    rb"|^defs(?:[ \t]*:[^=\n]+)?[ \t]*=(?!=)",
    re.MULTILINE,
)
_RELEVANT: Final = re.compile(
    rb"^[ \t]*(?:from|import)[ \t]+(?:dagster\w*|assetgen\.runtime)\b"
    rb"|^[ \t]*(?:from|import)[ \t][^\n#]*,[ \t]*dagster\b"
    rb"|^[ \t]*@(?:\w+\.)*\w*(?:asset|asset_check|op|graph|job|sensor|schedule|definitions)s?\b",
    re.MULTILINE,
)
_IMPORT: Final = late(
    rb"^[ \t]*(?:import[ \t]+([\w.]+(?:[ \t]+as[ \t]+\w+)?(?:[ \t]*,[ \t]*[\w. \t]+)*)"
    rb"|from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+))",
    re.MULTILINE,
)
