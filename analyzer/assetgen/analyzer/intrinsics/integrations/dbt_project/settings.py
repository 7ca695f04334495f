"""What holds for a whole dbt project: `dbt_project.yml`, and the target of its profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost, first_lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.macros import Macros, search_orders
from assetgen.analyzer.intrinsics.integrations.dbt_project.place import Place
from assetgen.analyzer.intrinsics.integrations.dbt_project.reading import read_text, read_yaml
from assetgen.analyzer.intrinsics.integrations.dbt_project.rendering import Rendering
from assetgen.analyzer.intrinsics.integrations.dbt_project.template_values import Known
from assetgen.analyzer.project.project_files import ProjectFiles

Variable = Callable[[str, Any], Any]
"""The value of an environment variable: its name, its default or None."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`dbt_project.yml` and the target; `names` are what every template of the project knows.

    A package has the target and the project name of the root project.
    """

    place: Place
    name: str
    data: Mapping[str, Any]
    target: dict[str, Any] | Lost
    names: Mapping[str, Any]
    macros: Macros = field(default_factory=Macros)

    def folders(self, key: str, *default: str) -> tuple[str, ...]:
        """The folders of a kind: `model-paths` and the like."""
        given = self.data.get(key)
        return tuple(str(item) for item in listed(given)) if given else default

    def rendering(self, **names: Any) -> Rendering:
        return Rendering({**self.names, **names}, self.macros)

    def of_target(self, key: str) -> Any:
        """What the target says under a key, or what is lost of it."""
        if isinstance(self.target, Lost):
            return self.target
        return self.target.get(key, Lost(f"the target's {key}"))


def read_settings(
    files: ProjectFiles, place: Place, variable: Variable, root: Settings | None = None
) -> Settings | Lost:
    """The settings of the project in a folder; `root` are those of the project that uses it."""
    text = read_text(files, place.folder / "dbt_project.yml")
    data = read_yaml(text) if isinstance(text, str) else text
    if (
        isinstance(data, Lost)
        or not isinstance(data, dict)
        or not isinstance(data.get("name"), str)
    ):
        return Lost(f"`dbt_project.yml` of `{place.folder.name}` is not read")
    name = data["name"]
    basic = {"env_var": Known(_env_var(variable)), "var": known_variables({})}
    target = _target(files, place, data, basic) if root is None else root.target
    project_name = name if root is None else root.name
    early = Rendering({**basic, "target": target, "project_name": project_name}, Macros())
    rendered = {
        key: value if key == "vars" else render(value, early)
        for key, value in data.items()
        if key not in ("on-run-start", "on-run-end", "query-comment")
    }
    variables = _scoped(data.get("vars"), name)
    if root is not None:
        variables.update(_scoped(root.data.get("vars"), name))
    names = {**early.names, "var": known_variables(variables)}
    macros = Macros(root_name=name)
    if root is None:
        macros.root = macros.own
        macros.adapter = target.get("type") if isinstance(target, dict) else target
        macros.orders = search_orders(data)
    else:
        known = root.macros
        macros = Macros({}, known.own, known.packages, known.root_name, known.adapter, known.orders)
    return Settings(place, name, rendered, target, names, macros)


def _scoped(variables: Any, package: str) -> dict[str, Any]:
    """The variables of a package: its own come before those of all."""
    known = variables if isinstance(variables, dict) else {}
    own = known.get(package)
    return {**known, **own} if isinstance(own, dict) else dict(known)


def render(value: Any, rendering: Rendering) -> Any:
    """YAML with the templates in its texts replaced by their values."""
    if isinstance(value, str):
        return rendering.value(value)
    if isinstance(value, dict):
        return {key: render(item, rendering) for key, item in value.items()}
    if isinstance(value, list):
        return [render(item, rendering) for item in value]
    return value


_LATER = frozenset(("description", "tests", "data_tests"))


def render_properties(value: Any, rendering: Rendering) -> Any:
    """The same of an entry of a property file, whose descriptions and tests are rendered later."""
    if isinstance(value, dict):
        return {
            key: item if key in _LATER else render_properties(item, rendering)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [render_properties(item, rendering) for item in value]
    return render(value, rendering)


def _env_var(variable: Variable) -> Callable[[Rendering, list[Any], dict[str, Any]], Any]:
    def call(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
        name = args[0] if args else kwargs["var"]
        if isinstance(name, Lost):
            return name
        default = args[1] if len(args) > 1 else kwargs.get("default")
        return variable(str(name), default)

    return call


def known_variables(variables: Mapping[str, Any]) -> Known:
    """`var(name, default)` and `var.has_var(name)`.

    In `dbt_project.yml` and `profiles.yml` no variables are known but those of the command line.
    """

    def call(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
        name = args[0] if args else kwargs["var_name"]
        if isinstance(name, Lost):
            return name
        if name in variables:
            return variables[name]
        if len(args) > 1:
            return args[1]
        return kwargs.get("default", Lost(f"the dbt variable {name}"))

    def is_known(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
        return args[0] if isinstance(args[0], Lost) else args[0] in variables

    return Known(call, {"has_var": Known(is_known)})


def _target(
    files: ProjectFiles, place: Place, project: Mapping[str, Any], names: Mapping[str, Any]
) -> dict[str, Any] | Lost:
    """The chosen output of the profile, with `name`, `type`, `schema`, `database` and the rest."""
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
    if isinstance(name, Lost):
        made = [_output(output, one, wanted, rendering) for one, output in outputs.items()]
        return _common([target for target in made if isinstance(target, dict)], name)
    return _output(outputs.get(name) if isinstance(name, str) else None, name, wanted, rendering)


def _output(
    output: object, name: object, profile: object, rendering: Rendering
) -> dict[str, Any] | Lost:
    if not isinstance(output, dict):
        return Lost(f"the target {name} of the dbt profile {profile}")
    target = dict(render(output, rendering))
    target.update({"name": name, "target_name": name, "profile_name": profile})
    if "dataset" in target:
        target.setdefault("schema", target["dataset"])
    target.setdefault("database", _database(target))
    if target.get("type") == "duckdb":
        target.setdefault("schema", "main")
    return target


def _common(targets: list[dict[str, Any]], lost: Lost) -> dict[str, Any] | Lost:
    """What any of some targets says, of which one is taken: the rest is lost."""
    if not targets:
        return lost
    first = targets[0]
    keys = dict.fromkeys(key for target in targets for key in target)
    return {
        key: first[key]
        if first_lost(first.get(key, lost)) is None
        and all(key in target and target[key] == first[key] for target in targets)
        else lost
        for key in keys
    }


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
