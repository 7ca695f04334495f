"""The target of a dbt project: the output of its profile that is used."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost, first_lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.place import Place
from assetgen.analyzer.intrinsics.integrations.dbt_project.questions import Questions, Target
from assetgen.analyzer.intrinsics.integrations.dbt_project.reading import read_text, read_yaml
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.macros import Macros
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendered import render
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendering import Rendering
from assetgen.analyzer.project.files.project_files import ProjectFiles


def read_target(
    files: ProjectFiles,
    place: Place,
    project: Mapping[str, Any],
    questions: Questions,
    names: Mapping[str, Any],
) -> Target | Lost:
    """The chosen output of the profile, with `name`, `type`, `schema`, `database` and the rest.

    `project` is `dbt_project.yml`. If the choice is not known, all possible outputs are read, and
    what they do not agree on is lost.
    """
    if isinstance(place.profile, Lost):
        return place.profile
    profiles = _profiles(files, place)
    if isinstance(profiles, Lost):
        return profiles
    rendering = Rendering(names, Macros())
    wanted = place.profile or render(project.get("profile"), rendering)
    profile = profiles.get(wanted) if isinstance(wanted, str) else None
    outputs = profile.get("outputs") if isinstance(profile, dict) else None
    if not isinstance(profile, dict) or not isinstance(outputs, dict):
        return Lost(f"the profile {wanted} of dbt")
    name = place.target or render(profile.get("target", "default"), rendering)
    candidates = [name] if not isinstance(name, Lost) else list(place.targets or outputs)
    made = []
    for one in candidates:
        output = outputs.get(one) if isinstance(one, str) else None
        if isinstance(output, dict):
            made.append(_output(output, one, wanted, rendering, questions))
    if not isinstance(name, Lost):
        return made[0] if made else Lost(f"the target {name} of the dbt profile {wanted}")
    return _common(made, name, questions)


def _output(
    output: Mapping[str, Any],
    name: object,
    profile: object,
    rendering: Rendering,
    questions: Questions,
) -> Target:
    target: dict[str, Any] = {}
    made_of: dict[str, set[str]] = {}
    for key, value in output.items():
        with questions.aside() as asked:
            target[key] = render(value, rendering)
        made_of[key] = asked
    target.update({"name": name, "target_name": name, "profile_name": profile})
    if "dataset" in target and "schema" not in target:
        target["schema"] = target["dataset"]
        made_of["schema"] = made_of["dataset"]
    if "database" not in target:
        source = next(
            (key for key in ("dbname", "catalog", "project", "path") if key in target), ""
        )
        target["database"] = _database(target)
        made_of["database"] = made_of.get(source, set())
    if target.get("type") == "duckdb":
        target.setdefault("schema", "main")
    return Target(target, made_of, questions)


def _common(targets: list[Target], lost: Lost, questions: Questions) -> Target | Lost:
    """What several possible targets agree on; the rest is lost."""
    if not targets:
        return lost
    found: dict[str, Any] = {}
    made_of: dict[str, set[str]] = {}
    plain = [dict.copy(target) for target in targets]
    for key in dict.fromkeys(key for target in plain for key in target):
        value = plain[0].get(key, lost)
        is_same = all(key in target and target[key] == value for target in plain)
        found[key] = value if is_same and first_lost(value) is None else lost
        made_of[key] = {name for target in targets for name in target.made_of.get(key, ())}
    return Target(found, made_of, questions)


def _profiles(files: ProjectFiles, place: Place) -> dict[str, Any] | Lost:
    folders = (place.profiles_folder,) if place.profiles_folder else (place.folder,)
    for folder in (*folders, place.folder):
        text = read_text(files, folder / "profiles.yml")
        data = read_yaml(text) if isinstance(text, str) else None
        if isinstance(data, dict):
            return data
    return Lost("the dbt profile, since there is no `profiles.yml` in the repository")


def _database(target: Mapping[str, Any]) -> Any:
    for key in ("dbname", "catalog", "project"):
        if key in target:
            return target[key]
    if target.get("type") == "duckdb":
        path = target.get("path", ":memory:")
        if isinstance(path, Lost):
            return path
        return "memory" if path == ":memory:" else Path(str(path).partition("?")[0]).stem
    return Lost("the target's database")
