"""The project of `load_from_defs_folder`, as a path relative to where Dagster runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze

FILES = {
    "pyproject.toml": '[tool.dg.project]\nroot_module = "shop"',
    "shop/__init__.py": "",
    "shop/definitions.py": """
import dagster as dg
from pathlib import Path

@dg.definitions
def defs():
    return dg.load_from_defs_folder({argument})
""",
    "shop/defs/raw.py": "import dagster as dg\n@dg.asset\ndef orders(): ...",
}


@pytest.mark.parametrize(
    "argument",
    ["path_within_project=Path('.')", "project_root=Path('shop')", "path_within_project=Path()"],
)
def test_a_path_that_is_relative(tmp_path: Path, argument: str) -> None:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{argument}", argument), encoding="utf-8")
    pipeline = analyze(Request(paths=(tmp_path,), modules=("shop.definitions",))).pipeline
    assert [item.message for item in pipeline.diagnostics] == []
    assert [str(asset.key) for asset in pipeline.locations[0].assets] == ["orders"]
