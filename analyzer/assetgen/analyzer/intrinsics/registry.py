"""All intrinsics in one table: what is known about everything outside of the project."""

from __future__ import annotations

from functools import lru_cache

from assetgen.analyzer.evaluate.call import Family, Intrinsics
from assetgen.analyzer.intrinsics.components.tables import COMPONENT_CALLS
from assetgen.analyzer.intrinsics.dagster.refusals.former_names import gone_in
from assetgen.analyzer.intrinsics.dagster.refusals.misspellings import meant_among
from assetgen.analyzer.intrinsics.dagster.tables import (
    DAGSTER_CALLS,
    DAGSTER_PROPERTIES,
    DAGSTER_VALUES,
    canonical,
    may_declare,
)
from assetgen.analyzer.intrinsics.data_arguments import taking_data
from assetgen.analyzer.intrinsics.integrations.names import (
    ALWAYS,
    PACKAGES,
    integration_name,
    integrations,
)
from assetgen.analyzer.intrinsics.python.tables import (
    PYTHON_CALLS,
    PYTHON_LATER,
    PYTHON_PROPERTIES,
    PYTHON_VALUES,
)


@lru_cache(maxsize=4096)
def _canonical(qualname: str) -> str:
    return integration_name(canonical(qualname))


INTRINSICS = Intrinsics(
    Family(
        calls={
            **PYTHON_CALLS,
            **taking_data({**DAGSTER_CALLS, **COMPONENT_CALLS, **ALWAYS}),
        },
        values={**PYTHON_VALUES, **DAGSTER_VALUES},
        properties=PYTHON_PROPERTIES | DAGSTER_PROPERTIES,
    ),
    _canonical,
    {**PYTHON_LATER, **dict.fromkeys(PACKAGES, integrations)},
    may_declare,
    meant_among(DAGSTER_CALLS),
    gone_in,
)
