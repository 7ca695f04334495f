"""Markdown tests: prose, code, and what is to be said of the code, in one file.

Every heading under which there are code blocks is a case, named after the headings above it.
Its blocks are the files of a small project:

    `shop/assets.py`:           names the block that follows
                                one Python block without a name is `main.py`
    ```model, mermaid,          snapshots of what assetgen makes of the project, which
    ```generated                `pytest --update-mdtest` rewrites; empty when new

and comments of the page direct the test:

    <!-- load: shop.definitions -->       the module of the code location; default `main`, or else
                                          the `definitions` module of the case, if it has one
    <!-- defs: shop.defs -->              a folder of definitions, loaded as such by its module
    <!-- roots: src, libs -->             source roots; default is the project's folder
    <!-- env: NAME=VALUE -->              repeatable
    <!-- unset: NAMES -->                 variables that are not set, as for `--unset`
    <!-- dagster: skip, REASON -->        do not hold this case against real Dagster
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

SNAPSHOTS = ("model", "mermaid", "generated")
MARKS = ("load", "defs", "roots", "env", "unset", "dagster")

HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
FENCE = re.compile(r"(`{3,})\s*([\w+-]*)\s*$")
PATH = re.compile(r"`([^`]+)`:\s*$")
MARK = re.compile(r"<!--\s*(\w+):\s*(.*?)\s*-->\s*$")


class PageError(ValueError):
    """A page that does not follow the form; the text has its path and line."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a case; its first line is line `line` of the page."""

    path: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot block, and its lines in the page: [start, end), fences not counted, 0-based."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Case:
    """One case of a page, as it is collected."""

    page: Path
    name: str
    files: list[File] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)

    def mark(self, name: str) -> str | None:
        return next((value for mark, value in self.marks if mark == name), None)

    def module(self) -> str:
        """The module of the code location."""
        if named := self.mark("load"):
            return named
        paths = [file.path for file in self.files if file.path.endswith(".py")]
        for path in paths:
            if path == "main.py" or path.rpartition("/")[2] == "definitions.py":
                return self.dotted(path)
        if len(paths) == 1:
            return self.dotted(paths[0])
        raise PageError(f"{self.page}: {self.name}: say which module to load")

    def roots(self) -> list[str]:
        return [root.strip() for root in (self.mark("roots") or ".").split(",")]

    def env(self) -> dict[str, str]:
        return dict(value.split("=", 1) for mark, value in self.marks if mark == "env")

    def unset(self) -> tuple[str, ...]:
        return tuple(value for mark, value in self.marks if mark == "unset")

    def write(self, folder: Path) -> None:
        for file in self.files:
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text)

    def dotted(self, path: str) -> str:
        roots = sorted((f"{root}/" for root in self.roots()), key=len, reverse=True)
        relative = next((path.removeprefix(root) for root in roots if path.startswith(root)), path)
        return relative.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def read_page(page: Path) -> list[Case]:
    """The cases of a page, in its order; raises PageError."""
    cases = [case for case in sections(page) if case.files]
    for case, following in pairwise(sorted(cases, key=lambda case: case.name)):
        if case.name == following.name:
            raise PageError(f"{page}: two cases are called {case.name!r}")
    return cases


def sections(page: Path) -> Iterator[Case]:
    lines = page.read_text().splitlines()
    titles: list[tuple[int, str]] = []
    case = Case(page, page.stem)
    path: str | None = None
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if heading := HEADING.match(line):
            yield case
            level, title = len(heading[1]), heading[2].replace("`", "")
            titles = [entry for entry in titles if entry[0] < level] + [(level, title)]
            case = Case(page, " - ".join(title for _, title in titles))
        elif mark := MARK.match(line):
            if mark[1] not in MARKS:
                raise PageError(f"{page}:{number}: no such mark: {mark[1]}")
            case.marks.append((mark[1], mark[2]))
        elif named := PATH.match(line):
            path = named[1]
            continue
        elif fence := FENCE.match(line):
            end = closing(lines, number, fence[1], page)
            block(case, fence[2], lines, number, end, path)
            number = end + 1
        if line:
            path = None
    yield case


def closing(lines: list[str], start: int, fence: str, page: Path) -> int:
    for number in range(start, len(lines)):
        if lines[number].rstrip() == fence:
            return number
    raise PageError(f"{page}:{start}: the block does not end")


def block(
    case: Case, language: str, lines: list[str], start: int, end: int, path: str | None
) -> None:
    text = "".join(f"{line}\n" for line in lines[start:end])
    if language in SNAPSHOTS:
        case.snapshots.append(Snapshot(language, text, start, end))
        return
    if path is None and language not in ("python", "py"):
        return
    path = path or "main.py"
    if any(file.path == path for file in case.files):
        raise PageError(f"{case.page}:{start}: a second {path}")
    case.files.append(File(path, text, start + 1))


def rewrite(case: Case, texts: list[str]) -> None:
    """Put new texts into the snapshots of a case, wherever they stand in its page by now."""
    now = next(each for each in read_page(case.page) if each.name == case.name)
    lines = case.page.read_text().splitlines()
    for snapshot, text in reversed([*zip(now.snapshots, texts, strict=True)]):
        lines[snapshot.start : snapshot.end] = text.splitlines()
    case.page.write_text("\n".join(lines) + "\n")
