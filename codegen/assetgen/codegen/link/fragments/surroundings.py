"""The functions around a nested one."""

from __future__ import annotations

import ast

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.codegen.link.fragments.sketches import Nested
from assetgen.codegen.link.modules.source_module import SourceModule
from assetgen.codegen.link.modules.targets import Made
from assetgen.codegen.link.text.places import places_of_word


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The functions around a nested one: the variables that are given to it, those that are
    not, and the imports that stand in them. `own` is its name, and what it is called instead."""

    given: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()
    imports: tuple[tuple[str, tuple[ast.Import | ast.ImportFrom, ast.alias]], ...] = ()
    own: tuple[str, Made] | None = None


NOTHING = Surroundings()


def nested_in(around: Surroundings, module: SourceModule, start: int, end: int) -> Nested | None:
    """The surroundings of a function between two places that mentions nothing else of them."""
    names = (*around.withheld, *(name for name, _ in around.imports))
    if any(places_of_word(module.text, start, end, name) for name in names):
        return None
    return Nested(around.given, around.own[1] if around.own is not None else None)


def only_names(decorator: ast.expr, around: Surroundings) -> bool:
    """Whether a decorator is `functools.wraps` of a variable that is not at hand: it would make
    the function look like another one, and changes nothing of what it does."""
    if not isinstance(decorator, ast.Call):
        return False
    name = ast.unparse(decorator.func).rpartition(".")[2]
    mentioned = {each.id for each in ast.walk(decorator) if isinstance(each, ast.Name)}
    return name == "wraps" and bool(mentioned & around.withheld)
