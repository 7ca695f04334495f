"""How one code location is loaded and run: by Dagster, and by assetgen.

A fixture says it in `fixtures/<project>/fixture.toml`:

    [[location]]
    module = "shop.definitions"     # or file = "pipeline.py", or defs_module = "shop.defs"
    roots = ["src"]                 # source roots, relative to the fixture; default ["."]
    env = { DEPLOYMENT = "prod" }   # for both readers
    unknown = { "raw/orders" = ["tags"] }  # attributes that assetgen may leave unknown

    [location.run]                  # present when the location can be materialized
    partition = "2024-01-02"        # optional
    config = { ops = { ... } }      # optional run configuration

A location with no `name` is named after the fixture.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One code location. `module`, `file` and `defs_module` exclude one another."""

    name: str
    folder: Path
    roots: tuple[Path, ...]
    module: str | None = None
    file: Path | None = None
    defs_module: str | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    unset: tuple[str, ...] = ()
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    run: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "cwd": str(self.folder),
            "roots": [str(root) for root in self.roots],
            "module": self.module,
            "file": str(self.file) if self.file else None,
            "defs_module": self.defs_module,
            "env": dict(self.env),
            "run": self.run,
        }

    def digest(self) -> str:
        """Of all that Dagster's answer depends on, but Dagster itself and the folder's place."""
        said = json.dumps(self.as_json(), sort_keys=True).replace(str(self.folder), "")
        digest = hashlib.sha256(said.encode())
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(self.folder).as_posix().encode())
                digest.update(path.read_bytes())
        return digest.hexdigest()

    def analyze_arguments(self) -> list[str]:
        """The words after `assetgen analyze` (or another command) that name this location."""
        words = [word for root in self.roots for word in ("--source-root", str(root))]
        words += [
            word
            for name, value in sorted(self.env.items())
            for word in ("--env", f"{name}={value}")
        ]
        module = self.module or self.defs_module
        return [*words, "-m", module] if module else [*words, str(self.file)]


def fixture_recipes(fixtures: Path) -> tuple[Recipe, ...]:
    """The locations of all fixtures, in the order of their names."""
    return tuple(
        recipe for file in sorted(fixtures.glob("*/fixture.toml")) for recipe in locations(file)
    )


def locations(file: Path) -> tuple[Recipe, ...]:
    folder = file.parent
    table = tomllib.loads(file.read_text())
    return tuple(location(folder, entry) for entry in table["location"])


def location(folder: Path, entry: Mapping[str, Any]) -> Recipe:
    allowed = {"name", "module", "file", "defs_module", "roots", "env", "unknown", "run"}
    if extra := set(entry) - allowed:
        raise ValueError(f"{folder.name}/fixture.toml: unknown fields {sorted(extra)}")
    name = entry.get("name")
    return Recipe(
        name=f"{folder.name}-{name}" if name else folder.name,
        folder=folder,
        roots=tuple(folder / root for root in entry.get("roots", ["."])),
        module=entry.get("module"),
        file=folder / entry["file"] if "file" in entry else None,
        defs_module=entry.get("defs_module"),
        env=entry.get("env", {}),
        unknown={key: tuple(names) for key, names in entry.get("unknown", {}).items()},
        run=entry.get("run"),
    )
