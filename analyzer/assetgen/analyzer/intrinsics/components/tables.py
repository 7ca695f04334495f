"""Everything that is known about components, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from assetgen.analyzer.evaluate.call import Family
from assetgen.analyzer.intrinsics.data_arguments import taking_data
from assetgen.analyzer.intrinsics.directories import on_demand

_BUILT_IN: Final = (
    *("dagster.ExecutableComponent", "dagster.FunctionComponent", "dagster.PythonScriptComponent"),
    *("dagster.SqlComponent", "dagster.TemplatedSqlComponent", "dagster.UvRunComponent"),
)
_OF_INTEGRATIONS: Final = (
    *("dagster_dbt", "dagster_dlt", "dagster_hightouch", "dagster_k8s", "dagster_sling"),
)
_DIRECTORY: Final = {
    "component_trees": ("dagster.ComponentTree",),
    "construction": (
        *("dagster.Model", "dagster.Resolvable", "dagster.Resolver"),
        *("dagster.TranslationFnResolver", *_BUILT_IN, *_OF_INTEGRATIONS),
    ),
    "defs_folders": (
        *("dagster.ComponentLoadContext", "dagster.DefinitionsComponent", "dagster.load_defs"),
        *("dagster.build_component_defs", "dagster.build_defs_for_component"),
        "dagster.load_from_defs_folder",
    ),
    "environment_scopes": ("dagster.EnvScope",),
    "executables": (
        *("dagster.FunctionSpec", "dagster.OpSpec", "dagster.ScriptSpec"),
        *(*_BUILT_IN, *_OF_INTEGRATIONS),
    ),
    "load_contexts": ("dagster.ComponentLoadContext", "dagster.ResolutionContext"),
    "template_variables": (
        *("dagster.component", "dagster.component_instance", "dagster.template_var"),
    ),
}

COMPONENTS_LATER: Final[Mapping[str, Callable[[], Family]]] = on_demand(
    __package__, _DIRECTORY, taking_data
)
"""By names in `dagster`, and by packages."""
