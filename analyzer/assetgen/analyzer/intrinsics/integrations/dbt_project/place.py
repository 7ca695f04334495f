"""Which dbt project is read."""

from __future__ import annotations

from pathlib import Path

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A dbt project, and how it is run: its folder, the folder of its profiles, the profile and the
    target if the code names them (`Lost` if it names one that is not known, which is one of
    `targets` if there are any)."""

    folder: Path
    profiles_folder: Path | None = None
    profile: str | Lost | None = None
    target: str | Lost | None = None
    targets: tuple[str, ...] = ()
