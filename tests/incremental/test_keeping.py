"""What one process leaves behind is only used by the next where it holds."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from test_session import EDITS, FILES, write

from assetgen.cli.cache import Cache, Outcome
from assetgen.cli.linting import Linting
from assetgen.cli.reading import Reading

Lint = Callable[[Cache], Outcome]


def linting(project: Path, roots: tuple[Path, ...] = ()) -> Lint:
    linting = Linting(Reading((project,), (), roots, (("SHOP_PREFIX", "given"),)), "json")
    return lambda cache: cache.remembered({"lint": str(project)}, linting.outcome)


@given(edits=EDITS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_edit_gives_what_a_run_without_a_cache_gives(edits: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project, cache = Path(folder, "project"), Cache(Path(folder, "cache"))
        (project / "shop").mkdir(parents=True)
        for name, texts in FILES.items():
            write(project, name, texts[0])
        lint = linting(project)
        assert lint(cache) == lint(Cache(None))
        for name, number in edits:
            write(project, name, FILES[name][number])
            assert lint(cache) == lint(Cache(None)), (name, number)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, texts in FILES.items():
        (tmp_path / "project" / name).parent.mkdir(parents=True, exist_ok=True)
        write(tmp_path / "project", name, texts[1] if name == "shop/customers.py" else texts[0])
    return tmp_path / "project"


CHANGED = "import dagster as dg\n\n\n@dg.asset(deps=['nothing'])\ndef c(): ...\n"


def test_only_what_depends_on_an_edit_is_evaluated_again(
    project: Path, evaluated: list[str], tmp_path: Path
) -> None:
    lint, cache = linting(project), Cache(tmp_path / "cache")
    lint(cache)
    assert "shop.names" in evaluated
    for text in (CHANGED, CHANGED.replace("nothing", "something")):
        evaluated.clear()
        write(project, "shop/customers.py", text)
        found = lint(cache)
        assert "shop.customers" in evaluated
        assert "shop.names" not in evaluated
        assert found == lint(Cache(None))


@pytest.mark.parametrize("damage", ["cut", "changed", "values"])
def test_what_is_damaged_is_as_good_as_nothing(
    project: Path, evaluated: list[str], tmp_path: Path, damage: str
) -> None:
    lint, cache = linting(project), Cache(tmp_path / "cache")
    lint(cache)
    [path] = (tmp_path / "cache").glob("*.base")
    content = path.read_bytes()
    if damage == "cut":
        path.write_bytes(content[:-9])
    elif damage == "changed":
        path.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    else:
        path.write_bytes(_with_other_values(content))
    write(project, "shop/customers.py", CHANGED)
    evaluated.clear()
    found = lint(cache)
    assert "shop.names" in evaluated
    assert found == lint(Cache(None))


def _with_other_values(content: bytes) -> bytes:
    """A base whose digest is right, and whose values are not."""
    from hashlib import blake2b

    rest = content[16:-9] + b"\0" * 9
    return blake2b(rest, digest_size=16).digest() + rest


def test_a_file_that_comes_or_goes_is_seen(project: Path, tmp_path: Path) -> None:
    lint, cache = linting(project), Cache(tmp_path / "cache")
    lint(cache)
    for text in (CHANGED, None):
        write(project, "shop/spare.py", text)
        assert lint(cache) == lint(Cache(None))


def test_two_processes_say_what_one_without_a_cache_says(project: Path, tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "assetgen", "lint", "--format", "concise", *words, str(project)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    folder = ("--cache-dir", str(tmp_path / "cache"))
    for text in (FILES["shop/customers.py"][0], CHANGED, CHANGED.replace("nothing", "orders")):
        write(project, "shop/customers.py", text)
        assert run(*folder) == run("--no-cache")


def test_a_folder_that_is_called_like_the_api_is_not_kept(tmp_path: Path) -> None:
    project, lint = tmp_path / "project", linting(tmp_path / "project")
    texts = {
        "dagster/__init__.py": CHANGED,
        "dagster/shop/__init__.py": "",
        "dagster/shop/one.py": CHANGED,
        "dagster/shop/definitions.py": "import dagster as dg\nfrom . import one\n\n"
        "defs = dg.Definitions(assets=dg.load_assets_from_modules([one]))\n",
    }
    for name, text in texts.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        write(project, name, text)
    cache = Cache(tmp_path / "cache")
    lint(cache)
    for name in ("first", "second"):
        write(project, "dagster/shop/one.py", CHANGED.replace("nothing", name))
        assert lint(cache) == lint(Cache(None)), name


def test_an_old_store_that_cannot_be_removed_does_no_harm(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lint, cache = linting(project), Cache(tmp_path / "cache")
    lint(cache)

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "unlink", refuse)
    for name in FILES:
        write(project, name, f"{FILES[name][0]}\n\nMORE = {list(range(300))}\n")
    assert lint(cache) == lint(Cache(None))
