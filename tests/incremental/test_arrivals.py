"""What depends on a module having come or gone is evaluated again, and little else."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_keeping import linting
from test_session import write

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.incremental.session import Session
from assetgen.cli.cache import Cache

ASSET = "import dagster as dg\n\n\n@dg.asset\ndef {}():\n    ...\n"
BASE = {
    "shop/__init__.py": "",
    "shop/names.py": "import dagster as dg\nPREFIX = 'raw'\n",
    "shop/orders.py": "from shop.names import PREFIX\n" + ASSET.format("orders"),
    "shop/parts/__init__.py": "",
    "shop/parts/one.py": ASSET.format("one"),
    "shop/folder/inner.py": ASSET.format("inner"),
    "shop/definitions.py": "import dagster as dg\nfrom shop import loading, orders\n\n"
    "defs = dg.Definitions(assets=[*dg.load_assets_from_modules([orders]), *loading.FOUND])\n",
}
LISTED = (
    "import importlib\nimport pkgutil\nimport dagster as dg\nfrom shop import parts\n\n"
    "FOUND = dg.load_assets_from_modules([\n"
    "    importlib.import_module(f'shop.parts.{each.name}')\n"
    "    for each in pkgutil.iter_modules(parts.__path__)\n])\n"
)
WALKED = (
    "import dagster as dg\nfrom shop import parts\n\n"
    "FOUND = dg.load_assets_from_package_module(parts)\n"
)
GLOBBED = (
    "from pathlib import Path\nimport dagster as dg\n\n"
    "FOUND = [dg.AssetSpec(file.stem) for file in "
    "sorted(Path(__file__).parent.joinpath('parts').glob('*.py'))]\n"
)
OPTIONAL = (
    "import dagster as dg\n\ntry:\n    from shop.parts import two\n"
    "    FOUND = dg.load_assets_from_modules([two])\nexcept ImportError:\n    FOUND = []\n"
)
ATTRIBUTE = (
    "import dagster as dg\nimport shop.parts\nimport shop.parts.two\n\n"
    "FOUND = dg.load_assets_from_modules([shop.parts.two])\n"
)
BY_NAME = (
    "import importlib\nimport dagster as dg\n\nFOUND = dg.load_assets_from_modules(\n"
    "    [importlib.import_module('.'.join(['shop', 'parts', 't' + 'wo']))]\n)\n"
)
TOP_LEVEL = (
    "import dagster as dg\nfrom two import LATE\n\nFOUND = [dg.AssetSpec(name) for name in LATE]\n"
)
IN_A_FOLDER = (
    "import dagster as dg\nfrom shop.folder import inner\n\n"
    "FOUND = dg.load_assets_from_modules([inner])\n"
)
LOADING = {
    "listed": LISTED,
    "walked": WALKED,
    "globbed": GLOBBED,
    "optional": OPTIONAL,
    "attribute": ATTRIBUTE,
    "by name": BY_NAME,
    "top level": TOP_LEVEL,
    "in a folder": IN_A_FOLDER,
}
CHANGES: tuple[tuple[str, str | None], ...] = (
    ("shop/parts/two.py", ASSET.format("two")),
    ("shop/parts/two.py", ASSET.format("too")),
    ("shop/parts/one.py", None),
    ("two.py", "LATE = ['late']\n"),
    ("shop/parts/two.py", None),
    ("shop/parts/three.py", ASSET.format("three")),
    ("two.py", None),
    ("shop/folder.py", ASSET.format("folder")),
    ("shop/folder.py", None),
    ("shop/parts/__init__.py", None),
)


@pytest.fixture(params=LOADING)
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    project = tmp_path / "project"
    for name, text in {**BASE, "shop/loading.py": LOADING[request.param], "top.py": ""}.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        write(project, name, text)
    return project


def test_a_session_says_what_a_new_run_says(project: Path) -> None:
    request = Request(modules=("shop.definitions",), source_roots=(project,))
    session = Session(request)
    session.analysis()
    for name, text in CHANGES:
        path = write(project, name, text)
        assert session.update({path: None}) == analyze(request), (name, text)


def test_several_files_may_come_and_go_at_once(project: Path) -> None:
    request = Request(modules=("shop.definitions",), source_roots=(project,))
    session = Session(request)
    session.analysis()
    for names in (("shop/parts/two.py", "shop/parts/one.py"), ("two.py", "shop/parts/two.py")):
        changed = {}
        for name in names:
            text = None if (project / name).exists() else ASSET.format(Path(name).stem)
            changed[write(project, name, text)] = None
        assert session.update(changed) == analyze(request), names


def test_the_next_process_says_what_one_without_a_cache_says(project: Path, tmp_path: Path) -> None:
    lint, cache = linting(project), Cache(tmp_path / "cache")
    lint(cache)
    for name, text in CHANGES:
        write(project, name, text)
        assert lint(cache) == lint(Cache(None)), (name, text)


@pytest.mark.parametrize("project", ["listed"], indirect=True)
def test_who_did_not_look_for_it_is_not_evaluated_again(
    project: Path, tmp_path: Path, evaluated: list[str]
) -> None:
    lint, cache = linting(project), Cache(tmp_path / "cache")
    lint(cache)
    session = Session(Request(paths=(project,)))
    session.analysis()
    for text in (ASSET.format("two"), None):
        evaluated.clear()
        path = write(project, "shop/parts/two.py", text)
        session.update({path: None})
        lint(cache)
        assert "shop.loading" in evaluated
        assert not {"shop.names", "shop.orders", "shop.parts.one"}.intersection(evaluated)
