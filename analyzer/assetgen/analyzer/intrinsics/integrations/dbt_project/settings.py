"""What applies to a whole dbt project: `dbt_project.yml`, and the target of its profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.place import Place
from assetgen.analyzer.intrinsics.integrations.dbt_project.questions import Questions, Target
from assetgen.analyzer.intrinsics.integrations.dbt_project.reading import read_text, read_yaml
from assetgen.analyzer.intrinsics.integrations.dbt_project.targets import read_target
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.macros import (
    Macros,
    search_orders,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendered import render
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendering import Rendering
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.values import Known
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.project.files.project_files import ProjectFiles


@dataclass(frozen=True, slots=True)
class Settings:
    """`dbt_project.yml` and the target; `names` are what every template of the project knows, and
    `var` what variables are to the templates of its models and tests.

    A package has the target and the project name of the root project.
    """

    place: Place
    name: str
    data: Mapping[str, Any]
    target: Target | Lost
    names: Mapping[str, Any]
    var: Known
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
    files: ProjectFiles, place: Place, questions: Questions, root: Settings | None = None
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
    basic = {"env_var": Known(_env_var(questions)), "var": known_variables({})}
    target = read_target(files, place, data, questions, basic) if root is None else root.target
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
    macros.has_templates = any(isinstance(one, str) and "{" in one for one in variables.values())
    var = known_variables(variables, is_parsing=True)
    return Settings(place, name, rendered, target, names, var, macros)


def _scoped(variables: Any, package: str) -> dict[str, Any]:
    """The variables of a package: its own take precedence over those of all."""
    known = variables if isinstance(variables, dict) else {}
    own = known.get(package)
    return {**known, **own} if isinstance(own, dict) else dict(known)


def _env_var(questions: Questions) -> Callable[[Rendering, list[Any], dict[str, Any]], Any]:
    def call(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
        name = args[0] if args else kwargs["var"]
        if isinstance(name, Lost):
            return name
        default = args[1] if len(args) > 1 else kwargs.get("default")
        return questions(str(name), default)

    return call


def known_variables(variables: Mapping[str, Any], *, is_parsing: bool = False) -> Known:
    """`var(name, default)` and `var.has_var(name)`.

    In `dbt_project.yml` and `profiles.yml` no variables are known but those of the command line.
    While models and tests are parsed, templates in variables are rendered, and one that is not
    there is none.
    """

    def call(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
        name = args[0] if args else kwargs["var_name"]
        if isinstance(name, Lost):
            return name
        if name in variables:
            value = variables[name]
            is_template = is_parsing and isinstance(value, str) and "{" in value
            return rendering.nested(value) if is_template else value
        if len(args) > 1:
            return args[1]
        missing = Lost(f"the dbt variable {name}") if not is_parsing else None
        return kwargs.get("default", missing)

    def is_known(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
        return args[0] if isinstance(args[0], Lost) else args[0] in variables

    return Known(call, {"has_var": Known(is_known)})
