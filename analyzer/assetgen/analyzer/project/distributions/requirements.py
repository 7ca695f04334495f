"""What a distribution says that it needs: a Python version, and other distributions."""

from __future__ import annotations

from pathlib import Path

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Disk, Refused
from assetgen.analyzer.project.files.repository import project_folder
from assetgen.analyzer.project.files.settings_file import read_toml


@dataclass(frozen=True, slots=True)
class Requirements:
    """Requirements as they are written (PEP 508), and the Python versions (PEP 440), if given."""

    dependencies: tuple[str, ...] = ()
    requires_python: str | None = None


def requirements_of(path: Path, disk: Disk) -> Requirements:
    """Those of the distribution that a file or folder belongs to.

    Read from `[project]` of its pyproject.toml and from its requirements.txt.
    """
    folder = project_folder(path, disk)
    if folder is None:
        return Requirements()
    pyproject = read_toml(folder / "pyproject.toml", disk)
    dependencies = [*pyproject.texts_at("project", "dependencies")]
    if disk.is_file(folder / "requirements.txt"):
        content = disk.read(folder / "requirements.txt")
        text = "" if isinstance(content, Refused) else content.decode("utf-8", "replace")
        lines = (line.partition(" #")[0].strip() for line in text.splitlines())
        dependencies += (line for line in lines if line[:1].isalnum())
    return Requirements(
        tuple(dict.fromkeys(dependencies)), pyproject.text_at("project", "requires-python")
    )
