"""A function that nobody has looked into becomes the same text as one that was parsed."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest
from conformance.recipe import ROOT

from assetgen.analyzer.model.pipeline import Module
from assetgen.codegen.dagster_names import SUBSTITUTES
from assetgen.codegen.link.fragments.examine import Examiner
from assetgen.codegen.link.fragments.fragment import Fragment, Names
from assetgen.codegen.link.modules.modules import Modules
from assetgen.codegen.link.modules.resolver import Resolver
from assetgen.codegen.link.modules.source_module import SourceModule
from assetgen.codegen.link.modules.targets import Imported, Symbol

STANDARD = Path(ast.__file__).parent
FILES = (
    *(STANDARD / f"{name}.py" for name in ("argparse", "inspect", "statistics", "tarfile")),
    *(STANDARD / f"{name}.py" for name in ("traceback", "typing", "email/utils", "posixpath")),
    *sorted((ROOT / "fixtures").glob("*/**/*.py")),
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: "/".join(file.parts[-3:]))
def test_sketches_become_what_parsed_functions_do(file: Path) -> None:
    assert differing(file) == []


def differing(file: Path) -> list[str]:
    """The functions at module level whose text is not the same if all names change."""
    modules = Modules({"module": Module("module", "module.py", str(file))})
    module = modules["module"]
    if not isinstance(module, SourceModule):
        return []
    # Some names are known to be used when other functions are met: then nobody looks closely.
    examiner = Examiner(modules, Resolver(modules, SUBSTITUTES))
    return [
        piece.node.name
        for piece in module.pieces
        if isinstance(piece.node, (ast.FunctionDef, ast.AsyncFunctionDef))
        if not is_same(examiner, module, piece.node)
    ]


def is_same(examiner: Examiner, module: SourceModule, node: ast.stmt) -> bool:
    sketch = examiner.statement(module, node).fragment
    parsed = examiner.statement(module, node, closely=True)
    names = others(parsed.fragment)
    if sketch.inside is None or parsed.problems:
        return True  # It was parsed, or is refused.
    renamed = {
        linked.use.name: name
        for linked in sketch.mentions
        if not sketch.places_of(linked.use.name)
        if (name := names(linked.target)) is not None
    }
    edits = sketch.renaming(renamed)
    if edits is None:
        return True  # It will be parsed.
    return replace(sketch, edits=(*sketch.edits, *edits)).text(names) == parsed.fragment.text(names)


def others(fragment: Fragment) -> Names:
    """Another name for all that a fragment refers to."""
    targets = [getattr(linked.target, "package", linked.target) for linked in fragment.uses]
    named = (each for each in targets if isinstance(each, (Symbol, Imported)))
    return Names({each: f"other_{each.name or each.module}" for each in named})


ANNOTATED = """\
from typing import Any

LIMIT = 1


def rows(table):
    first: Any = table[LIMIT]
    second: list[Any] | None = table.get(Any=LIMIT)
    return first, second
"""


def test_annotations_of_variables_have_their_names_too(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(ANNOTATED)
    assert differing(file) == []
