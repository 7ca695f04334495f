"""What one code location does not reach, where others of the repository may."""

from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze

SHARED = """\
import dagster as dg


@dg.asset
def orders(): ...


@dg.asset
def letters(): ...
"""

LOCATION = """\
import dagster as dg
from shop import shared
from shop.shared import {name}


@dg.asset
def {name}_report({name}): ...


@dg.asset
def left_out(): ...


defs = dg.Definitions(assets=[{name}, {name}_report])
"""

FACADE = "from shop.sales import defs\n\n__all__ = ['defs']\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "shop"
    folder.mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'shop'\n")
    (folder / "__init__.py").write_text("")
    (folder / "shared.py").write_text(SHARED)
    (folder / "sales.py").write_text(LOCATION.format(name="orders"))
    return folder


def unreached(request: Request) -> list[str]:
    left = analyze(request).pipeline.unreached
    return [f"{Path(each.origin.span.path).stem}: {each.name}" for each in left]


def asking(shop: Path) -> tuple[Request, ...]:
    """For one location, in each way there is."""
    return (Request(modules=("shop.sales",)), Request(paths=(shop / "sales.py",)))


def test_definitions_that_no_location_reaches_are_reported(shop: Path) -> None:
    for request in (*asking(shop), Request(paths=(shop.parent,))):
        assert unreached(request) == ["sales: left_out", "shared: letters"]


def test_another_location_may_reach_what_it_imports(shop: Path) -> None:
    (shop / "post.py").write_text(LOCATION.format(name="letters"))
    for request in asking(shop):
        assert unreached(request) == ["sales: left_out"]
    assert unreached(Request(paths=(shop.parent,))) == ["post: left_out", "sales: left_out"]


def test_what_hands_on_the_same_definitions_is_no_other_location(shop: Path) -> None:
    (shop / "definitions.py").write_text(FACADE)
    workspace = "load_from:\n  - python_module: shop.definitions\n"
    (shop.parent / "workspace.yaml").write_text(workspace)
    for request in asking(shop):
        assert unreached(request) == ["sales: left_out", "shared: letters"]
