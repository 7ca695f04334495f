"""Projects on disk, written as one text."""

import textwrap
from pathlib import Path

import pytest


@pytest.fixture
def write(tmp_path):
    """Writes `path: content` pairs below a fresh folder and returns the folder.

    The text holds each file under a line `=== path`. A `.git` folder makes it a repository.
    """

    def write_files(text: str, *, repository: bool = True) -> Path:
        folder = tmp_path / "repo"
        folder.mkdir(exist_ok=True)
        if repository:
            (folder / ".git").mkdir(exist_ok=True)
        for part in textwrap.dedent(text).lstrip().split("=== ")[1:]:
            name, _, content = part.partition("\n")
            path = folder / name.strip()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return folder

    return write_files
