"""Of several code locations, those that a change cannot reach are left as they are."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_keeping import Lint, linting
from test_session import write

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.incremental.session import Session
from assetgen.cli.cache import Cache

ASSETS = "import dagster as dg\n{}\n\n@dg.asset(key_prefix={})\ndef {}():\n    ...\n"
DEFINITIONS = (
    "import dagster as dg\nfrom {0} import assets\n\n"
    "defs = dg.Definitions(assets=dg.load_assets_from_modules([assets]))\n"
)
IMPORT = "from common.names import PREFIX\n"
FILES: dict[str, tuple[str | None, ...]] = {
    "libs/common/__init__.py": ("",),
    "libs/common/names.py": (
        "PREFIX = 'raw'\n",
        "PREFIX = 'stage'\n",
        "import dagster as dg\nPREFIX = 'raw'\n",
        None,
    ),
    "one/pyproject.toml": ("[tool.dagster]\nmodule_name = 'one.definitions'\n",),
    "one/one/__init__.py": ("",),
    "one/one/assets.py": (
        ASSETS.format(IMPORT, "PREFIX", "first"),
        ASSETS.format("", "'own'", "first"),
        ASSETS.format("from two import assets\n", "assets.second.key.path", "first"),
        "import dagster as dg\n\nMADE = [dg.AssetSpec(name) for name in open('names.txt')]\n",
    ),
    "one/one/definitions.py": (DEFINITIONS.format("one"),),
    "one/one/stray.py": (
        None,
        ASSETS.format("", "'lost'", "stray"),
        "X = 1\n",
        ASSETS.format("", "'lost'", "other"),
    ),
    "two/pyproject.toml": ("[tool.dagster]\nmodule_name = 'two.definitions'\n",),
    "two/two/__init__.py": ("",),
    "two/two/assets.py": (
        ASSETS.format("", "'two'", "second"),
        ASSETS.format(IMPORT, "PREFIX", "second"),
        ASSETS.format("", "'two'", "second").replace("():", "(missing):"),
    ),
    "two/two/definitions.py": (
        DEFINITIONS.format("two"),
        "import dagster as dg\nfrom one import stray\n\n"
        "defs = dg.Definitions(assets=dg.load_assets_from_modules([stray]))\n",
        "import dagster as dg\n",
    ),
    "three/pyproject.toml": ("[tool.dagster]\nmodule_name = 'three.definitions'\n",),
    "three/three/__init__.py": ("",),
    "three/three/assets.py": (
        ASSETS.format("", "'three'", "third"),
        ASSETS.format("", "'three'", "changed"),
        "X = 2\n",
    ),
    "three/three/definitions.py": (DEFINITIONS.format("three"),),
    "names.txt": ("one\n", "two\n"),
}
EDITS = st.lists(
    st.sampled_from([(name, n) for name, texts in FILES.items() for n in range(len(texts))]),
    min_size=1,
    max_size=6,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return tmp_path


def set_up(project: Path) -> None:
    for name, texts in FILES.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        write(project, name, texts[0])


def roots(project: Path) -> tuple[Path, ...]:
    return tuple(project / name for name in ("libs", "one", "two", "three"))


def request(project: Path) -> Request:
    return Request(paths=(project,), source_roots=roots(project))


def lint_of(project: Path) -> Lint:
    return linting(project, roots(project))


COMES_WHILE_NOBODY_LOOKS = [
    *(("two/two/definitions.py", 1), ("two/two/definitions.py", 0), ("one/one/stray.py", 1)),
    ("two/two/definitions.py", 1),
]
"""A module that a location has missed, and does not look for when it is added."""


@given(edits=EDITS)
@example(edits=COMES_WHILE_NOBODY_LOOKS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_edit_gives_what_a_new_run_gives(project: Path, edits: list[tuple[str, int]]) -> None:
    set_up(project)
    session = Session(request(project))
    assert len(session.analysis().pipeline.locations) == 3
    for name, number in edits:
        path = write(project, name, FILES[name][number])
        assert session.update({path: None}) == analyze(request(project)), (name, number)


def test_only_the_locations_that_use_a_file_are_resolved_again(
    project: Path, evaluated: list[str]
) -> None:
    set_up(project)
    session = Session(request(project))
    session.analysis()
    for name, affected in (
        ("three/three/assets.py", {"three.assets", "three.definitions"}),
        ("libs/common/names.py", {"common.names", "one.assets", "one.definitions"}),
    ):
        evaluated.clear()
        path = write(project, name, FILES[name][1])
        session.update({path: None})
        assert set(evaluated) == affected


@given(edits=EDITS)
@example(edits=COMES_WHILE_NOBODY_LOOKS)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_process_says_what_one_without_a_cache_says(
    project: Path, edits: list[tuple[str, int]]
) -> None:
    set_up(project)
    with tempfile.TemporaryDirectory() as folder:
        lint, cache = lint_of(project), Cache(Path(folder))
        lint(cache)
        for name, number in edits:
            write(project, name, FILES[name][number])
            assert lint(cache) == lint(Cache(None)), (name, number)


def test_the_next_process_leaves_the_others_as_they_are(
    project: Path, evaluated: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    set_up(project)
    lint, cache = lint_of(project), Cache(tmp_path_factory.mktemp("cache"))
    lint(cache)
    for text in (1, 0):
        evaluated.clear()
        write(project, "three/three/assets.py", FILES["three/three/assets.py"][text])
        found = lint(cache)
        assert set(evaluated) == {"three.assets", "three.definitions"}
        assert found == lint(Cache(None))
