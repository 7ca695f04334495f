"""What is collected while the files of a dbt project are read."""

from __future__ import annotations

from typing import Any

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import (
    configured,
    folder_levels,
    merge_config,
    put_begin,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Node
from assetgen.analyzer.intrinsics.integrations.dbt_project.settings import Settings
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendering import (
    Rendering,
    Told,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.values import (
    Known,
    Namespace,
    Package,
    give_back,
)
from assetgen.analyzer.model.dataclass import dataclass, field

SECTIONS = {
    "model": "models",
    "seed": "seeds",
    "snapshot": "snapshots",
    "source": "sources",
    "test": "data_tests",
}
"""The sections of `dbt_project.yml` and of property files, by resource type."""


@dataclass(frozen=True, slots=True)
class Patch:
    """What a property file says about a node: the mapping, and where it is."""

    data: dict[str, Any]
    file: str
    folders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Generated:
    """What a macro returns for all nodes with the same `asked` entries: it uses no others."""

    asked: dict[str, Any]
    made: Any


@dataclass(slots=True)
class Parsing:
    """One package of a dbt project while it is read.

    `root` are the settings of the project that uses it. `patches` go by section and name; `docs`
    are the texts of docs blocks. `losses` are (rule, message). `told` is what was found out of
    expressions, `generated` what macros give for a configured name, by macro and name.
    """

    settings: Settings
    root: Settings
    nodes: dict[str, Node] = field(default_factory=dict)
    sources: dict[str, Node] = field(default_factory=dict)
    groups: list[Node] = field(default_factory=list)
    tests: list[Node] = field(default_factory=list)
    exposures: list[Node] = field(default_factory=list)
    patches: dict[tuple[str, str], Patch] = field(default_factory=dict)
    docs: dict[str, Any] = field(default_factory=dict)
    losses: list[tuple[str, str]] = field(default_factory=list)
    told: dict[str, Told | None] = field(default_factory=dict)
    generated: dict[tuple[str, str | None], list[Generated]] = field(default_factory=dict)
    _names: dict[str, Any] = field(default_factory=dict)
    _bases: dict[tuple[str, ...], tuple[dict[str, Any], Any]] = field(default_factory=dict)
    _versions: list[tuple[str, Patch]] | None = None
    _texts: dict[str, str] = field(default_factory=dict)

    def lose(self, rule: str, message: str) -> None:
        """Note that something is not known, to be reported under a rule's name."""
        self.losses.append((rule, message))

    def rendering(self, model: Node | None = None) -> Rendering:
        """A reading of an SQL file: of `model`, as far as it is known before it is read."""
        if not self._names:
            self._names = {**self.settings.names, **_NAMES, "var": self.settings.var}
        early = _MODEL if model is None else model
        return Rendering(self._names, self.settings.macros, early, self.told)

    def rendering_of(self, settings: Settings) -> Rendering:
        """A reading of a macro of another package, which sees that package's names."""
        reading = self.rendering()
        reading.macros, reading.known = settings.macros, None
        return reading

    def versions(self) -> list[tuple[str, Patch]]:
        """The models that have versions, once all property files are read."""
        if self._versions is None:
            self._versions = [
                (name, patch)
                for (section, name), patch in self.patches.items()
                if section == "models" and patch.data.get("versions")
            ]
        return self._versions

    def text(self, value: object) -> str:
        """A description, with docs blocks replaced by their text."""
        if not isinstance(value, str):
            return "" if value is None else str(value)
        if "{{" not in value:
            return value
        if value in self._texts:
            return self._texts[value]
        docs = self.docs

        def doc(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
            name = args[-1]
            return docs.get(name, Lost(f"the docs block {name}"))

        read = self.settings.rendering(doc=Known(doc)).read(value)
        self._texts[value] = value if isinstance(read, Lost) else str(read)
        return self._texts[value]

    def config(self, resource_type: str, fqn: list[str], *levels: dict[str, Any]) -> dict[str, Any]:
        """The configuration of a node; `levels` are what YAML and its own file say, in order."""
        base, names = self._base(resource_type, fqn)
        result = dict(base)  # what is in it is replaced, and never changed
        for level in (*names, *levels):
            merge_config(result, level)
        if self.settings is not self.root:
            for level in self._folders(self.root, SECTIONS[resource_type], fqn):
                merge_config(result, level)
        put_begin(result)
        return result

    def _base(
        self, resource_type: str, fqn: list[str]
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """What `dbt_project.yml` says about all nodes in a folder, and about the one with a name in
        it."""
        *folders, name = fqn
        key = (resource_type, *folders)
        known = self._bases.get(key)
        if known is None:
            levels = self._folders(self.settings, SECTIONS[resource_type], folders)
            level: Any = self._section(self.settings, SECTIONS[resource_type])
            for folder in folders:
                level = level.get(folder) if isinstance(level, dict) else None
            known = self._bases[key] = (configured(resource_type, levels), level)
        base, level = known
        if not isinstance(level, dict) or not isinstance(level.get(name), dict):
            return base, []
        return base, list(folder_levels(level[name], ()))

    def _folders(self, settings: Settings, section: str, fqn: list[str]) -> list[dict[str, Any]]:
        return list(folder_levels(self._section(settings, section), fqn))

    def _section(self, settings: Settings, section: str) -> Any:
        data = settings.data.get(section)
        if section == "data_tests" and data is None:
            data = settings.data.get("tests")
        return data


def _ref(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
    names = args[-1:] if len(args) < 2 else args[:2]
    version = kwargs.get("version", kwargs.get("v"))
    if not names or any(not isinstance(name, str) for name in names):
        lost = next((name for name in names if isinstance(name, Lost)), Lost("its argument"))
        rendering.losses.append(f"a ref() is not known: {lost}")
    else:
        package = names[0] if len(names) == 2 else None
        rendering.refs.append((package, names[-1], version))
    return Lost("a relation")


def _source(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
    if len(args) == 2 and all(isinstance(name, str) for name in args):
        rendering.sources.append((args[0], args[1]))
    else:
        lost = next((name for name in args if isinstance(name, Lost)), Lost("its arguments"))
        rendering.losses.append(f"a source() is not known: {lost}")
    return Lost("a relation")


def _config(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
    given = args[0] if args and isinstance(args[0], dict) else {}
    merge_config(rendering.config, {**given, **kwargs})
    return ""


def _dispatch(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
    name = args[0] if args else kwargs["macro_name"]
    namespace = args[1] if len(args) > 1 else kwargs.get("macro_namespace")
    if not isinstance(name, str) or not isinstance(namespace, (str, type(None))):
        return Lost("which macro is dispatched")
    found = rendering.macros.dispatched(name, namespace)
    return Lost(f"what the macro {name} gives") if found is None else found


def _namespace(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
    given = args[0] if args and isinstance(args[0], dict) else {}
    return Namespace({**given, **kwargs})


def _rows(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
    return []


def _nothing(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
    return None


def _empty(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
    return ""


def _range(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
    numbers = range(*args)
    return list(numbers) if len(numbers) <= 1000 else Lost("a long range")


_NAMES: dict[str, Any] = {
    "ref": Known(_ref),
    "source": Known(_source),
    "config": Known(_config, {"get": Known(_empty), "require": Known(_empty)}),
    "builtins": {"ref": Known(_ref), "source": Known(_source), "config": Known(_config)},
    "namespace": Known(_namespace),
    "return": Known(give_back),
    "is_incremental": Known(lambda rendering, args, kwargs: False),
    "should_full_refresh": Known(lambda rendering, args, kwargs: False),
    "run_query": Known(_nothing),
    "load_result": Known(_nothing),
    "log": Known(_empty),
    "print": Known(_empty),
    "range": Known(_range),
    "execute": False,
    "this": Lost("the relation of the model itself"),
    "adapter": Package(
        "adapter",
        {
            "dispatch": Known(_dispatch),
            "get_relation": Known(_nothing),
            "get_columns_in_relation": Known(_rows),
            "get_missing_columns": Known(_rows),
            "list_relations": Known(_rows),
        },
    ),
    "load_relation": Known(_nothing),
    "get_columns_in_relation": Known(_rows),
    "get_columns_in_query": Known(_rows),
    "exceptions": Package("exceptions"),
    "api": Package("api"),
    "modules": Package("modules"),
    "flags": Package("flags"),
    "graph": Lost("the graph while it is made"),
    "invocation_id": Lost("the id of dbt's run"),
    "run_started_at": Lost("the time of dbt's run"),
    "dbt_version": Lost("the version of dbt"),
}
"""The names in every SQL file while dbt parses it."""

_MODEL = Lost("the model while it is made")
