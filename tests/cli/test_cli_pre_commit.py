"""The hook that `.pre-commit-hooks.yaml` offers, run by the real pre-commit."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGED = ("pyproject.toml", "README.md", ".pre-commit-hooks.yaml")
ROOMS = ("cli", "analyzer", "codegen", "runtime")

CLEAN = """\
from dagster import asset


@asset
def orders(): ...


@asset(deps=["orders"])
def report(): ...
"""
CIRCLE = CLEAN.replace("@asset\n", '@asset(deps=["report"])\n', 1)


def git(folder, *arguments):
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def commit(folder):
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "x")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    """A repository of what this checkout holds, committed or not, and its revision."""
    folder = tmp_path_factory.mktemp("assetgen")
    for name in PACKAGED:
        shutil.copy(ROOT / name, folder / name)
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    return folder, commit(folder)


@pytest.fixture
def project(tmp_path, hooks):
    """A project that uses the hook; its second argument overrides members of the hook."""

    def make(**overrides):
        url, revision = hooks
        lines = [f"      {name}: {value}" for name, value in overrides.items()]
        hook = "\n".join(["    - id: assetgen-lint", *lines])
        (tmp_path / "shop").mkdir()
        (tmp_path / "shop" / "assets.py").write_text(CLEAN)
        (tmp_path / ".pre-commit-config.yaml").write_text(
            f"repos:\n- repo: {url.as_uri()}\n  rev: {revision}\n  hooks:\n{hook}\n"
        )
        commit(tmp_path)
        return tmp_path

    return make


def run(folder, *arguments):
    scripts = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
        "PATH": os.pathsep.join((scripts, os.environ["PATH"])),
        "PRE_COMMIT_COLOR": "never",
    }
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=540,
    )


def finds_the_circle(folder):
    done = run(folder, "--all-files")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Passed" in done.stdout
    (folder / "shop" / "assets.py").write_text(CIRCLE)
    git(folder, "add", "-A")
    # Nothing is named: the hook is run for what is staged, on the whole project.
    done = run(folder)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "exit code: 1" in done.stdout
    found = [line for line in done.stdout.splitlines() if "[cycle]" in line]
    assert found and all(line.startswith("shop/assets.py:") for line in found)


def test_pre_commit_installs_and_runs_the_hook(project):
    finds_the_circle(project())


def test_the_hook_with_what_is_installed(project):
    finds_the_circle(project(language="system"))


def test_files_that_cannot_matter_do_not_start_it(project):
    folder = project(language="system")
    (folder / "notes.txt").write_text("x")
    git(folder, "add", "-A")
    assert "no files to check" in run(folder).stdout
