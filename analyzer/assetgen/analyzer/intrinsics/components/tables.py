"""All that is known of components, in one table."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Intrinsic
from assetgen.analyzer.intrinsics.components import (
    construction,
    dbt_components,
    environment_scopes,
    executables,
    load_contexts,
    sling_components,
    template_variables,
    translations,
)
from assetgen.analyzer.intrinsics.python.pydantic_models import TABLE as PYDANTIC

_MODEL = "pydantic.BaseModel."

COMPONENT_CALLS: dict[str, Intrinsic] = {
    **{
        f"dagster.Model.{name.removeprefix(_MODEL)}": row
        for name, row in PYDANTIC.items()
        if name.startswith(_MODEL)
    },
    **construction.TABLE,
    **environment_scopes.TABLE,
    **executables.TABLE,
    **dbt_components.TABLE,
    **sling_components.TABLE,
    **load_contexts.TABLE,
    **template_variables.TABLE,
    **translations.TABLE,
}
"""From qualified names to what calling them means."""
