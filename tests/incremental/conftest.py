"""What the tests of edits have in common."""

from __future__ import annotations

import pytest

from assetgen.analyzer.evaluate import importing


@pytest.fixture
def evaluated(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of modules that are evaluated, as it happens."""
    found: list[str] = []
    run = importing._run

    def noting(machine: object, module: object, tree: object) -> None:
        found.append(module.name)  # type: ignore[attr-defined]
        run(machine, module, tree)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "_run", noting)
    return found
