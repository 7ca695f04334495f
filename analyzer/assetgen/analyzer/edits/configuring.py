"""Files that determine which modules there are, and where they import from."""

from __future__ import annotations

from typing import Final

from assetgen.analyzer.project.files.repository import PROJECT_MARKERS
from assetgen.analyzer.project.locations.declarations import DECLARING_FILES

CONFIGURING: Final = frozenset(
    {*PROJECT_MARKERS, *DECLARING_FILES, ".gitignore", "uv.lock", "pytest.ini", "tox.ini"}
)
