"""Projects written to disk with models made by hand, and scripts made of them and run."""

from __future__ import annotations

import ast
import pickle
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.codegen.linked_text import modules_of
from tests.codegen.models import SPAN

from assetgen.analyzer.model.assets import Asset, AssetCheck
from assetgen.analyzer.model.functions import Captured, FunctionRef
from assetgen.analyzer.model.pipeline import CodeLocation, Module, Pipeline
from assetgen.analyzer.model.spans import Origin, Span
from assetgen.analyzer.model.steps import AssetStep


@dataclass(frozen=True)
class Project:
    """Modules on disk."""

    folder: Path
    modules: Mapping[str, Module]

    @classmethod
    def of(cls, folder: Path, **files: str) -> Project:
        """Keyword arguments are modules at the top, by name."""
        texts = {f"{name}.py": text for name, text in files.items()}
        return cls(folder, modules_of(texts, folder / "project"))

    def function(self, place: str, *captures: tuple[str, Captured]) -> FunctionRef:
        """The function `module:name`; `<lambda>` is the first lambda."""
        module, _, name = place.partition(":")
        tree = ast.parse(Path(self.modules[module].file).read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name == name:
                lines = [node.lineno, *(each.lineno for each in node.decorator_list)]
                span = self.span(module, min(lines), 1, node.end_lineno, node.end_col_offset + 1)
                return FunctionRef(module, span.path, name, span, captures, not _is_top(tree, node))
            if isinstance(node, ast.Lambda) and name == "<lambda>":
                span = self.span(
                    module,
                    node.lineno,
                    node.col_offset + 1,
                    node.end_lineno,
                    node.end_col_offset + 1,
                )
                return FunctionRef(module, span.path, name, span, captures, True)
        raise LookupError(place)

    def span(self, module: str, line: int, column: int, end_line: int, end_column: int) -> Span:
        return Span(self.modules[module].path, line, column, end_line, end_column)

    def expression(self, module: str, text: str) -> Span:
        """Where an expression of one line stands."""
        lines = Path(self.modules[module].file).read_text().split("\n")
        for number, line in enumerate(lines, start=1):
            if text in line:
                column = line.index(text) + 1
                return self.span(module, number, column, number, column + len(text))
        raise LookupError(text)

    def pipeline(
        self,
        steps: Sequence[AssetStep],
        assets: Sequence[Asset] = (),
        checks: Sequence[AssetCheck] = (),
        **attributes: object,
    ) -> Pipeline:
        known = {each.key for each in assets}
        made = [
            Asset(key, "materializable", step.origin or Origin(SPAN))
            for step in steps
            for _, key in step.assets
            if key not in known
        ]
        location = CodeLocation(
            "project",
            None,
            None,
            tuple(sorted((*assets, *made), key=lambda each: each.key)),
            tuple(checks),
            tuple(steps),
            **attributes,
        )
        return Pipeline((location,), modules=tuple(self.modules.values()))

    def run(self, text: str, *arguments: str) -> Run:
        """Run a script as a machine would that has Python and nothing else."""
        script = self.folder / "pipeline.py"
        script.write_text(text)
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-W", "error", str(script), *arguments],
            capture_output=True,
            text=True,
            cwd=self.folder,
            check=False,
        )
        return Run(self.folder / "storage", done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Run:
    """What a run left behind."""

    storage: Path
    code: int
    out: str
    err: str

    def value(self, *key: str) -> object:
        return pickle.loads(self.storage.joinpath(*key).read_bytes())


def _is_top(tree: ast.Module, node: ast.FunctionDef) -> bool:
    return node in tree.body
