"""Which packages a project's files say that it needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.distributions.needed_packages import is_required

PYPROJECT = """
[project]
name = "shop"
dependencies = ["dagster", "kafka-python>=2", "google-cloud-storage", "opencv-python"]
"""


@pytest.mark.parametrize(
    ("module", "required"),
    [
        ("json", True),
        ("yaml", True),
        ("dagster.components", True),
        ("kafka.errors", True),
        ("google.cloud.storage", True),
        ("google.auth", False),
        ("cv2", True),
        ("bs4", True),
        ("scipy", True),
        ("sklearn", False),
        ("dagster_mlflow", False),
    ],
)
def test_a_package_that_requirements_name_is_needed(
    tmp_path: Path, module: str, required: bool
) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "web.txt").write_text("beautifulsoup4\n")
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "requirements-dev.txt").write_text("SciPy==1\n")
    (tmp_path.parent / "requirements.txt").write_text("scikit-learn\n")
    assert is_required(module, [tmp_path / "src"], Disk()) is required
