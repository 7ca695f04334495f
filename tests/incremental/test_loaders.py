"""Loaders of packages, after edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.incremental.session import Session
from assetgen.analyzer.intrinsics.dagster.definitions import loaders

FILES = {
    "shop/__init__.py": "",
    "shop/sales/__init__.py": "",
    "shop/sales/orders.py": "import dagster as dg\n\n\n@dg.asset(deps=['raw'])\n"
    "def orders(): ...\n",
    "shop/people/__init__.py": "",
    "shop/people/users.py": "import dagster as dg\n\n\n@dg.asset\ndef users(): ...\n",
    "shop/definitions.py": "import dagster as dg\nfrom shop import people, sales\n\n"
    "assets = []\nfor package in (sales, people):\n"
    "    loaded = dg.load_assets_from_package_module(package, 'all', ['shop'])\n"
    "    assets.extend(loaded)\n"
    "    loaded.append('this changes nothing that is loaded')\n"
    "defs = dg.Definitions(assets=assets)\n",
}


def test_a_loader_is_asked_again_about_what_an_edit_has_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    asked: list[str] = []
    load = loaders._loaded

    def noting(call: object, bound: object, modules: list[object]) -> object:
        asked.append(modules[0].name)  # type: ignore[attr-defined]
        return load(call, bound, modules)  # type: ignore[arg-type]

    monkeypatch.setattr(loaders, "_loaded", noting)
    request = Request(modules=("shop.definitions",), source_roots=(tmp_path,))
    session = Session(request)
    keys = _keys(session)
    assert keys == {"raw", "shop/orders", "shop/users"}
    users = tmp_path / "shop/people/users.py"
    for number in range(3):
        users.write_text(f"{users.read_text()}\n\n@dg.asset\ndef more_{number}(): ...\n")
        asked.clear()
        session.update({users: None})
        assert asked == ["shop.people"]
        keys = _keys(session)
        assert f"shop/more_{number}" in keys
        assert session.analysis().pipeline == analyze(request).pipeline


def _keys(session: Session) -> set[str]:
    [location] = session.analysis().pipeline.locations
    return {str(asset.key) for asset in location.assets}
