"""A project made of texts, and what `reveal` says in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Analysis, Request, analyze
from assetgen.analyzer.evaluate.budget import Budget

Analyse = Callable[..., Analysis]


@pytest.fixture
def analyse(tmp_path: Path) -> Analyse:
    """Analyse `main.py` beside other files: `analyse(main, {"other.py": "..."}, budget=...)`."""

    def run(main: str, files: dict[str, str] | None = None, **options: object) -> Analysis:
        for name, text in {"main.py": main, **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        budget = options.pop("budget", Budget())
        request = Request(
            modules=("main",), source_roots=(tmp_path,), paths=(tmp_path,), budget=budget, **options
        )
        return analyze(request)

    return run


@pytest.fixture
def revealed(analyse: Analyse) -> Callable[..., list[str]]:
    """What `reveal` says in `main.py`, in the order of the file."""

    def run(main: str, files: dict[str, str] | None = None, **options: object) -> list[str]:
        analysis = analyse(main, files, **options)
        found = [item for item in analysis.pipeline.diagnostics if item.rule == "revealed"]
        return [item.message for item in found if item.span.path.endswith("main.py")]

    return run
