"""What requirements say about the version of Dagster."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.distributions.dagster_version import ANY_PATCH, newest_admitted


@pytest.mark.parametrize(
    ("name", "text", "newest"),
    [
        ("requirements.txt", "dagster", None),
        ("requirements.txt", "dagster-dbt==0.21.3\n", None),
        ("requirements.txt", "dagster==1.5.3\npandas==2.0.0\n", (1, 5, 3)),
        ("requirements.txt", "dagster[aws, gcp] ~= 1.5.3\n", (1, 5, ANY_PATCH)),
        ("requirements.txt", "dagster~=1.5\n", None),
        ("requirements.txt", "dagster==1.5.*\n", (1, 5, ANY_PATCH)),
        ("requirements.txt", "dagster>=1.4,<1.6\n", (1, 5, ANY_PATCH)),
        ("requirements.txt", "dagster>=1.4,<1.6.3\n", (1, 6, 2)),
        ("requirements.txt", "dagster>=1.4,<=1.6\n", (1, 6, ANY_PATCH)),
        ("requirements.txt", "dagster>=1.6.0,<2.0.0\n", None),
        ("requirements.txt", "dagster<1.0\n", (0, 15, ANY_PATCH)),
        ("requirements.txt", "dagster>=0.14,<1\n", (0, 15, ANY_PATCH)),
        ("requirements-dev.txt", "Dagster>=1.9.0\n", None),
        ("setup.py", 'setup(install_requires=["dagster==1.7.1", "dagster-aws"])', (1, 7, 1)),
        (
            "pyproject.toml",
            '[project]\ndependencies = ["dagster>=1.10.0,<1.11"]',
            (1, 10, ANY_PATCH),
        ),
        ("pyproject.toml", '[tool.dagster]\nmodule_name = "dagster.x"\n', None),
        ("pyproject.toml", '[tool.poetry.dependencies]\ndagster = "1.6.5"\n', (1, 6, 5)),
        ("pyproject.toml", '[tool.poetry.dependencies]\ndagster = "^1.6.5"\n', None),
        ("pyproject.toml", '[tool.poetry.dependencies]\ndagster = "~1.6"\n', (1, 6, ANY_PATCH)),
        (
            "pyproject.toml",
            '[tool.poetry.dependencies]\ndagster = { extras = ["a"], version = "1.4.12" }\n',
            (1, 4, 12),
        ),
        ("Pipfile", '[packages]\ndagster = "==1.3.2"\n', (1, 3, 2)),
        ("environment.yml", "dependencies:\n  - dagster=1.2.1\n", (1, 2, 1)),
        ("uv.lock", '[[package]]\nname = "dagster"\nversion = "1.9.2"\n', (1, 9, 2)),
        ("uv.lock", '[[package]]\nname = "dagster-aws"\nversion = "0.21.2"\n', None),
    ],
)
def test_the_newest_version_that_is_admitted(
    tmp_path: Path, name: str, text: str, newest: tuple[int, int, int] | None
) -> None:
    (tmp_path / name).write_text(text)
    assert newest_admitted((tmp_path,), Disk()) == newest


def test_locks_come_first_and_then_what_is_nearer(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "requirements.txt").write_text("dagster==1.2.3\n")
    assert newest_admitted((project,), Disk()) == (1, 2, 3)
    (project / "pyproject.toml").write_text('[project]\ndependencies = ["dagster<1.9"]\n')
    assert newest_admitted((project,), Disk()) == (1, 8, ANY_PATCH)
    (project / "poetry.lock").write_text('[[package]]\nname = "dagster"\nversion = "1.7.4"\n')
    assert newest_admitted((project,), Disk()) == (1, 7, 4)
