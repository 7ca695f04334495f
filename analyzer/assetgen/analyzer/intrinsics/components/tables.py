"""Everything that is known about components, in one table."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.intrinsics.components import (
    construction,
    environment_scopes,
    executables,
    load_contexts,
    resource_components,
    template_variables,
    translations,
)
from assetgen.analyzer.intrinsics.dagster.configs.configurable_resources import CONSTRUCTORS
from assetgen.analyzer.intrinsics.python.pydantic.given_fields import CONFIG_CLASSES
from assetgen.analyzer.intrinsics.python.pydantic.model_dumps import TABLE as DUMPS
from assetgen.analyzer.intrinsics.python.pydantic.pydantic_models import TABLE as PYDANTIC

_MODEL = "pydantic.BaseModel."
_MODELS_OF_DAGSTER = ("dagster.Model", *CONFIG_CLASSES)


def _key_for_model(call: Call) -> Value:
    from assetgen.analyzer.intrinsics.components.dbt_components import key_for_model

    return key_for_model(call)


COMPONENT_CALLS: dict[str, Intrinsic] = {
    **{
        f"{model}.{name.removeprefix(_MODEL)}": row
        for model in _MODELS_OF_DAGSTER
        for name, row in {**PYDANTIC, **DUMPS}.items()
        if name.startswith(_MODEL)
    },
    **CONSTRUCTORS,
    **construction.TABLE,
    **environment_scopes.TABLE,
    **executables.TABLE,
    "dagster.Component.asset_key_for_model": _key_for_model,
    **load_contexts.TABLE,
    **resource_components.TABLE,
    **template_variables.TABLE,
    **translations.TABLE,
}
"""From qualified names to what calling them means."""
