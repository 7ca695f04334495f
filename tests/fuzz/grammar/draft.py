"""A project that is being written: its files so far, and the assets that later code may name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

T = TypeVar("T")
Key = tuple[str, ...]

PACKAGE = "shop"
WORDS = ("orders", "raw", "items", "daily", "clean", "stats")
OF_DAGSTER = re.compile(r"\bdg\.(\w+)")


@dataclass
class Known:
    """An asset that exists: `variable` holds it in `file`, if any does (`is_spec`: as a spec).

    `whole` tells that a job can select it without others that are computed with it.
    """

    key: Key
    file: File
    variable: str = ""
    is_spec: bool = False
    whole: bool = True


@dataclass
class File:
    """A module of the project; `exports` are the names that hold definitions, by what they hold:
    "asset", "assets" (a list), "spec", "check", "checks" (a list), "job", "schedule", "sensor"."""

    module: str
    imports: dict[str, None] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    exports: dict[str, str] = field(default_factory=dict)
    dagster: str = "dg"

    def text(self) -> str:
        body = "\n".join(self.lines)
        if self.dagster == "names":
            names = sorted(set(OF_DAGSTER.findall(body)))
            imports = [f"from dagster import {', '.join(names)}"] if names else []
            body = OF_DAGSTER.sub(r"\1", body)
        elif self.dagster == "dagster":
            imports, body = ["import dagster"], OF_DAGSTER.sub(r"dagster.\1", body)
        else:
            imports = ["import dagster as dg"]
        return "\n".join([*imports, *self.imports, "", "", body, ""])


class Draft:
    """What the functions of the grammar write into, and draw their choices from.

    `data` are files that are no modules of the grammar, by their paths in the project.
    """

    def __init__(self, draw: DrawFn) -> None:
        self.draw = draw
        self.files: list[File] = []
        self.known: list[Known] = []
        self.counter = 0
        self.data: dict[str, str] = {}
        self.file = self.open("settings")

    def open(self, module: str) -> File:
        """A new file, the one that is written to from now on."""
        self.file = File(module, dagster=self.pick(("dg", "names", "dagster")))
        self.files.append(self.file)
        return self.file

    # -- choices; the first of several is the simplest, which examples shrink to

    def pick(self, options: Sequence[T]) -> T:
        return self.draw(st.sampled_from(options))

    def chance(self, of: int) -> bool:
        """True about once in `of` times."""
        return self.draw(st.integers(0, of - 1)) == of - 1

    def count(self, most: int, least: int = 0) -> int:
        return self.draw(st.integers(least, most))

    def some(self, options: Sequence[T], most: int) -> list[T]:
        """Up to `most` different ones of `options`."""
        chosen: list[T] = []
        for _ in range(self.count(min(most, len(options)))):
            left = [each for each in options if each not in chosen]
            chosen.append(self.pick(left))
        return chosen

    def draw_order(self, items: list[T]) -> list[T]:
        """The items in any order."""
        return list(self.draw(st.permutations(items)))

    # -- writing

    def fresh(self, word: str | None = None) -> str:
        """A name that nothing has yet."""
        self.counter += 1
        return f"{word or self.pick(WORDS)}_{self.counter}"

    def write(self, text: str) -> None:
        self.file.lines.extend(text.strip("\n").split("\n"))

    def need(self, statement: str) -> None:
        """An import at the head of the file."""
        self.file.imports[statement] = None

    def export(self, name: str, what: str) -> None:
        self.file.exports[name] = what

    def add(
        self, key: Key, variable: str = "", *, is_spec: bool = False, whole: bool = True
    ) -> None:
        self.known.append(Known(key, self.file, variable, is_spec, whole))

    def name_from(self, file: File, name: str) -> str:
        """An expression for a global of a file, imported if that is another one."""
        if file is self.file:
            return name
        form = self.pick(("name", "alias", "module", "submodule", "relative", "sibling", "star"))
        absolute = f"{PACKAGE}.{file.module}"
        statement, expression = {
            "name": (f"from {absolute} import {name}", name),
            "alias": (f"from {absolute} import {name} as the_{name}", f"the_{name}"),
            "module": (f"import {absolute}", f"{absolute}.{name}"),
            "submodule": (f"from {PACKAGE} import {file.module}", f"{file.module}.{name}"),
            "relative": (f"from .{file.module} import {name}", name),
            "sibling": (f"from . import {file.module} as {file.module}_", f"{file.module}_.{name}"),
            "star": (f"from {absolute} import *", name),
        }[form]
        self.need(statement)
        return expression
