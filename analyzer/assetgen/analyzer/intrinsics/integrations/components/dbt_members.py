"""What the methods of a class of the project inherit from `dagster_dbt.DbtProjectComponent`."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    TRUE,
    Constant,
    Declared,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.integrations.components.dbt_components import (
    COMPONENT,
    build_from_state,
    project_of,
    settings_of,
    translator_of,
)
from assetgen.analyzer.intrinsics.integrations.dbt.switches import switches_of
from assetgen.analyzer.intrinsics.integrations.dbt.translation import ManifestValue, Translation
from assetgen.analyzer.intrinsics.integrations.dbt.translator import TranslatorValue, check_spec_of
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(slots=True, eq=False)
class ProjectManager(Declared):
    """`_project_manager`: what finds the dbt project of a component."""

    type_name: ClassVar[str] = "dagster_dbt.DbtProjectManager"

    project: Value


def _manager(call: Call) -> Value:
    return ProjectManager(_project(call))


def _get_project(call: Call) -> Value:
    """`get_project(state_path)`: in a saved state lies a copy, which is the same project."""
    manager = call.receiver
    return manager.project if isinstance(manager, ProjectManager) else NONE


def _project(call: Call) -> Value:
    return project_of(call, call.receiver or NONE)


def _translator(call: Call) -> Value:
    return translator_of(call, call.receiver or NONE)


def _base_translator(call: Call) -> Value:
    return TranslatorValue(_settings(call))


def _settings(call: Call) -> Record:
    return settings_of(call, call.receiver or NONE)


def _check(call: Call) -> Value:
    """`super().get_asset_check_spec(...)`: the default check, of the keys that nodes have without
    the component."""

    def translation_of(manifest: ManifestValue) -> Translation:
        own, translator = manifest.translation, _base_translator(call)
        switches = switches_of(call, translator)
        return Translation(call, own.manifest, translator, switches, own.project)

    return check_spec_of(call, translation_of)


def _given(value: Value) -> Intrinsic:
    return lambda call: value


def _empty(call: Call) -> Value:
    return Sequence("list", [])


def _cli_args(call: Call) -> Value:
    return Sequence("list", [Constant("build")])


_ATTRIBUTES: Final[dict[str, Callable[[Call], Value]]] = {
    "_base_translator": _base_translator,
    "_project_manager": _manager,
    "cli_args": _cli_args,
    "config_cls": _given(NONE),
    "dbt_project": _project,
    "exclude": _given(Constant("")),
    "include_metadata": _empty,
    "op_config_schema": _given(NONE),
    "prepare_if_dev": _given(TRUE),
    "select": _given(Constant("fqn:*")),
    "selector": _given(Constant("")),
    "translation_settings": _settings,
    "translator": _translator,
}
"""Properties, and the defaults of fields."""

TABLE: dict[str, Intrinsic] = {
    f"{COMPONENT}.build_defs_from_state": build_from_state,
    f"{COMPONENT}.get_asset_check_spec": _check,
    "dagster_dbt.DbtProjectManager.get_project": _get_project,
    **{f"{COMPONENT}.{name}": row for name, row in _ATTRIBUTES.items()},
}
"""The intrinsics of what is inherited."""

PROPERTIES = frozenset(f"{COMPONENT}.{name}" for name in _ATTRIBUTES)
