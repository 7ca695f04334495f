"""All that is known of components, in one table."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Intrinsic
from assetgen.analyzer.intrinsics.components import (
    construction,
    dbt_components,
    dlt_components,
    environment_scopes,
    executables,
    load_contexts,
    sling_components,
    template_variables,
    translations,
)
from assetgen.analyzer.intrinsics.python.model_dumps import TABLE as DUMPS
from assetgen.analyzer.intrinsics.python.pydantic_models import TABLE as PYDANTIC

_MODEL = "pydantic.BaseModel."
_MODELS_OF_DAGSTER = (
    "dagster.Model",
    "dagster.Config",
    "dagster.PermissiveConfig",
    "dagster.ConfigurableResource",
    "dagster.ConfigurableResourceFactory",
    "dagster.ConfigurableIOManager",
    "dagster.ConfigurableIOManagerFactory",
)

COMPONENT_CALLS: dict[str, Intrinsic] = {
    **{
        f"{model}.{name.removeprefix(_MODEL)}": row
        for model in _MODELS_OF_DAGSTER
        for name, row in {**PYDANTIC, **DUMPS}.items()
        if name.startswith(_MODEL)
    },
    **construction.TABLE,
    **environment_scopes.TABLE,
    **executables.TABLE,
    **dbt_components.TABLE,
    **dlt_components.TABLE,
    **sling_components.TABLE,
    **load_contexts.TABLE,
    **template_variables.TABLE,
    **translations.TABLE,
}
"""From qualified names to what calling them means."""
