"""A script of components has the assets that they make, with the component where it is asked."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conformance.pipeline_run import run_pipeline
from conformance.stored_values import form_of

from assetgen.analyzer.analysis import Request, analyze
from assetgen.codegen.pipeline import generate

COMPONENT = """
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import dagster as dg
from dagster.components import Component, ComponentLoadContext, Resolvable


@dataclass
class Fetched(Component, Resolvable):
    \"\"\"Fetches something.\"\"\"

    name: str
    rows: int = 2

    def fetched(self, factor: int) -> list[str]:
        return [f"{self.name} {number}" for number in range(self.rows * factor)]

    def build_defs(self, context: ComponentLoadContext) -> dg.Definitions:
        @dg.asset(name=self.name)
        def made(context: dg.AssetExecutionContext):
            return self.fetched(2)

        return dg.Definitions(assets=[made])


class Settings(dg.Model):
    size: int = 1
    words: list[str] = []


class Counted(dg.Component, dg.Model, dg.Resolvable):
    of: str
    settings: Settings

    def build_defs(self, context):
        @dg.asset(name=f"{self.of}_count", deps=[self.of])
        def counted():
            return self.settings.size + len(self.settings.words)

        return dg.Definitions(assets=[counted], jobs=[dg.define_asset_job("all_of_it")])
"""
FILES = {
    "proj/__init__.py": "",
    "proj/defs/__init__.py": "",
    "proj/parts.py": COMPONENT,
    "proj/defs/fetched/defs.yaml": "type: proj.parts.Fetched\nattributes:\n  name: orders\n",
    "proj/defs/counted/defs.yaml": (
        "type: proj.parts.Counted\nattributes:\n  of: orders\n"
        "  settings:\n    size: 3\n    words: [a, b]\n"
    ),
    "proj/definitions.py": (
        "from pathlib import Path\n\nimport dagster as dg\n\n\n@dg.definitions\ndef defs():\n"
        "    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)\n"
    ),
    "pyproject.toml": (
        '[tool.dg]\ndirectory_type = "project"\n[tool.dg.project]\nroot_module = "proj"\n'
    ),
}
RUN = """
import sys
import dagster as dg
from proj.definitions import defs
with dg.DagsterInstance.local_temp(sys.argv[1]) as instance:
    job = defs().resolve_implicit_global_asset_job_def()
    assert job.execute_in_process(instance=instance).success
"""


def test_assets_of_components(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    for name, text in FILES.items():
        file = project / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.chdir(project)
    request = Request(modules=("proj.definitions",), source_roots=(project,))
    made = generate(analyze(request).pipeline)
    assert made.text is not None, made.diagnostics
    assert "build_defs" not in made.text
    script = tmp_path / "pipeline.py"
    script.write_text(made.text)

    ran = run_pipeline(script, {}, tmp_path)
    (tmp_path / "dagster").mkdir()
    command = [sys.executable, "-c", RUN, str(tmp_path / "dagster")]
    subprocess.run(command, cwd=project, check=True, capture_output=True)

    assert ran.exit_code == 0, ran.output
    stored = tmp_path / "dagster" / "storage"
    assert ran.document["values"] == {
        name: form_of((stored / name).read_bytes()) for name in ("orders", "orders_count")
    }
