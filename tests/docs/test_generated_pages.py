"""The pages that are made from the code say what the code says."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from assetgen.analyzer.model.catalogue import CATALOGUE
from assetgen.analyzer.model.document import schema

ROOT = Path(__file__).parents[2]
PAGES: dict[str, str] = runpy.run_path(str(ROOT / "scripts" / "docs"))["pages"]()


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_fresh(path: str) -> None:
    written = (ROOT / path).read_text(encoding="utf-8")
    assert written == PAGES[path], f"{path} is out of date: .venv/bin/python scripts/docs writes it"


def test_every_member_and_rule_is_described() -> None:
    for name in CATALOGUE:
        assert f"| [{name}](" in PAGES["docs/rules.md"]
    for name, definition in schema()["$defs"].items():  # type: ignore[attr-defined]
        assert f"\n## {name}\n" in PAGES["docs/json.md"]
        assert definition.get("description"), name


@pytest.mark.parametrize("path", PAGES)
def test_links_lead_somewhere(path: str) -> None:
    headings = set(re.findall(r"^## (.+)$", PAGES[path], re.MULTILINE))
    for target in set(re.findall(r"\]\(([^)]+)\)", PAGES[path])):
        if target.startswith("#"):
            assert target[1:] in headings
        else:
            assert (ROOT / "docs" / target).resolve().exists(), target
