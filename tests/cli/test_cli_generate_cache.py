"""What was generated is only taken from the cache if it would be generated again."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cached_project import CachedProject

ASSETS = """\
import dagster as dg


@dg.asset
def orders():
    from helpers import rows

    return rows()
"""


class Project(CachedProject):
    """A project of which scripts and diagrams are made, with a cache."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.write("pyproject.toml", "[project]\nname = 'p'\ndependencies = ['pandas>=2']\n")
        self.write("assets.py", ASSETS)
        self.write("helpers.py", "def rows():\n    return [1]\n")

    def generate(self, kind: str, *options: str) -> subprocess.CompletedProcess[str]:
        return self.run("generate", kind, *options, "assets.py")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.mark.parametrize("kind", ["mermaid", "dot", "html", "pipeline"])
def test_the_second_run_makes_the_same_and_adds_no_entry(project: Project, kind: str) -> None:
    first = project.generate(kind)
    assert first.returncode == 0 and "orders" in first.stdout
    before = project.entries()
    assert project.generate(kind).stdout == first.stdout
    assert project.entries() == before
    assert len(before) == 1


def test_options_have_entries_of_their_own(project: Project) -> None:
    calls = [
        ("mermaid",),
        ("mermaid", "--detail", "ops"),
        ("mermaid", "--select", "orders"),
        ("html",),
        ("html", "--title", "Shop"),
        ("pipeline",),
        ("pipeline", "--import-runtime"),
    ]
    for call in calls:
        assert project.generate(*call).returncode == 0
    assert len(project.entries()) == len(calls)


def test_a_module_that_only_a_body_imports_counts(project: Project) -> None:
    assert "return [1]" in project.generate("pipeline").stdout
    project.write("helpers.py", "def rows():\n    return [1, 2]\n")
    assert "return [1, 2]" in project.generate("pipeline").stdout


def test_a_module_that_was_not_there_counts(project: Project) -> None:
    (project.source / "helpers.py").unlink()
    before = project.generate("pipeline")
    assert "from helpers import rows" in before.stdout
    project.write("helpers.py", "def rows():\n    return [3]\n")
    assert "return [3]" in project.generate("pipeline").stdout


def test_what_the_project_requires_counts(project: Project) -> None:
    project.write("helpers.py", "import pandas\n\n\ndef rows():\n    return pandas.DataFrame()\n")
    assert '"pandas>=2"' in project.generate("pipeline").stdout
    project.write("pyproject.toml", "[project]\nname = 'p'\ndependencies = ['pandas>=3']\n")
    assert '"pandas>=3"' in project.generate("pipeline").stdout


def test_a_refusal_is_told_again_and_writes_nothing(project: Project) -> None:
    project.write("helpers.py", "def rows(:\n")
    first = project.generate("pipeline", "-o", "script.py")
    second = project.generate("pipeline", "-o", "script.py")
    for each in (first, second):
        assert each.returncode == 1
        assert "helpers.py" in each.stderr
    assert first.stderr == second.stderr
    assert not (project.source / "script.py").exists()


def test_what_somebody_else_wrote_is_left_alone_also_from_the_cache(project: Project) -> None:
    assert project.generate("pipeline").returncode == 0
    project.write("mine.py", "print('mine')\n")
    refused = project.generate("pipeline", "-o", "mine.py")
    assert refused.returncode == 2
    assert (project.source / "mine.py").read_text() == "print('mine')\n"


def test_without_the_cache_nothing_is_kept(project: Project) -> None:
    assert project.generate("dot", "--no-cache").returncode == 0
    assert project.entries() == []
