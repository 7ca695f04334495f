"""Everything that is known about components, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Family
from assetgen.analyzer.evaluate.values import Value
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
    "construction": (
        *("dagster.Model", "dagster.Resolvable", "dagster.Resolver"),
        *("dagster.TranslationFnResolver", *_BUILT_IN, *_OF_INTEGRATIONS),
    ),
    "environment_scopes": ("dagster.EnvScope",),
    "executables": (
        *("dagster.FunctionSpec", "dagster.OpSpec", "dagster.ScriptSpec"),
        *(*_BUILT_IN, *_OF_INTEGRATIONS),
    ),
    "load_contexts": ("dagster.ComponentLoadContext", "dagster.ResolutionContext"),
    "resource_components": (
        *("dagster_aws", "dagster_gcp", "dagster_hightouch", "dagster_k8s", "dagster_snowflake"),
    ),
    "template_variables": (
        *("dagster.component", "dagster.component_instance", "dagster.template_var"),
    ),
    "translations": ("dagster.TranslationFn",),
}


def _key_for_model(call: Call) -> Value:
    from assetgen.analyzer.intrinsics.components.dbt_components import key_for_model

    return key_for_model(call)


COMPONENTS: Final = Family(taking_data({"dagster.Component.asset_key_for_model": _key_for_model}))
"""What components of the project may do."""

COMPONENTS_LATER: Final[Mapping[str, Callable[[], Family]]] = on_demand(
    __package__, _DIRECTORY, taking_data
)
"""By names in `dagster`, and by packages."""
