"""Everything that is known of the world outside the project, in one table."""

from __future__ import annotations

from functools import lru_cache

from assetgen.analyzer.evaluate.call import Intrinsics
from assetgen.analyzer.intrinsics.components.tables import COMPONENT_CALLS
from assetgen.analyzer.intrinsics.dagster.tables import (
    DAGSTER_CALLS,
    DAGSTER_PROPERTIES,
    DAGSTER_VALUES,
    canonical,
    may_declare,
)
from assetgen.analyzer.intrinsics.data_arguments import taking_data
from assetgen.analyzer.intrinsics.integrations.tables import (
    INTEGRATION_CALLS,
    INTEGRATION_PROPERTIES,
    INTEGRATION_VALUES,
    integration_name,
)
from assetgen.analyzer.intrinsics.python.tables import (
    PYTHON_CALLS,
    PYTHON_PROPERTIES,
    PYTHON_VALUES,
)


@lru_cache(maxsize=4096)
def _canonical(qualname: str) -> str:
    return integration_name(canonical(qualname))


INTRINSICS = Intrinsics(
    calls={
        **PYTHON_CALLS,
        **taking_data({**DAGSTER_CALLS, **COMPONENT_CALLS, **INTEGRATION_CALLS}),
    },
    values={**PYTHON_VALUES, **DAGSTER_VALUES, **INTEGRATION_VALUES},
    canonical=_canonical,
    may_declare=may_declare,
    properties=PYTHON_PROPERTIES | DAGSTER_PROPERTIES | INTEGRATION_PROPERTIES,
)
