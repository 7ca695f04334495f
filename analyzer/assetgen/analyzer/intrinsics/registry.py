"""Everything that is known of the world outside the project, in one table."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Intrinsics
from assetgen.analyzer.intrinsics.dagster.tables import (
    DAGSTER_CALLS,
    DAGSTER_PROPERTIES,
    DAGSTER_VALUES,
    canonical,
    may_declare,
)
from assetgen.analyzer.intrinsics.python.tables import (
    PYTHON_CALLS,
    PYTHON_PROPERTIES,
    PYTHON_VALUES,
)

INTRINSICS = Intrinsics(
    calls={**PYTHON_CALLS, **DAGSTER_CALLS},
    values={**PYTHON_VALUES, **DAGSTER_VALUES},
    canonical=canonical,
    may_declare=may_declare,
    properties=PYTHON_PROPERTIES | DAGSTER_PROPERTIES,
)
