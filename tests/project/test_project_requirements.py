"""What a project says that it needs."""

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.distributions.requirements import Requirements, requirements_of


def test_pyproject_and_requirements_are_read(write):
    folder = write(
        """
        === pyproject.toml
        [project]
        requires-python = ">=3.11,<3.14"
        dependencies = ["pandas>=2", "httpx[http2]~=0.27; python_version > '3.9'"]
        === requirements.txt
        -r other.txt
        # a comment
        duckdb==1.1  # pinned
        pandas>=2
        ../local
        === src/a.py
        """
    )
    assert requirements_of(folder / "src" / "a.py", Disk()) == Requirements(
        ("pandas>=2", "httpx[http2]~=0.27; python_version > '3.9'", "duckdb==1.1"), ">=3.11,<3.14"
    )


def test_nothing_is_said(write):
    assert requirements_of(write("=== a.py\n"), Disk()) == Requirements()
