"""All intrinsics in one table: what is known about everything outside of the project."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain

from assetgen.analyzer.evaluate.call import Intrinsics
from assetgen.analyzer.intrinsics.components.tables import COMPONENTS_LATER
from assetgen.analyzer.intrinsics.dagster.expected.former_names import gone_in
from assetgen.analyzer.intrinsics.dagster.expected.misspellings import meant_among
from assetgen.analyzer.intrinsics.dagster.tables import (
    DAGSTER,
    DAGSTER_LATER,
    canonical,
    may_declare,
)
from assetgen.analyzer.intrinsics.integrations.names import (
    INTEGRATIONS,
    INTEGRATIONS_LATER,
    integration_name,
)
from assetgen.analyzer.intrinsics.libraries import LIBRARIES_LATER
from assetgen.analyzer.intrinsics.python.tables import PYTHON, PYTHON_LATER


@lru_cache(maxsize=4096)
def _canonical(qualname: str) -> str:
    return integration_name(canonical(qualname, lambda name: INTRINSICS.row(name) is not None))


def _never_until(qualname: str) -> tuple[int, int, int] | None:
    # Only needed for names of Dagster that no row speaks of.
    from assetgen.analyzer.intrinsics.dagster.expected.public_names import KNOWN, was_never_there

    return KNOWN if was_never_there(qualname) else None


_LATER = (PYTHON_LATER, LIBRARIES_LATER, DAGSTER_LATER, COMPONENTS_LATER, INTEGRATIONS_LATER)
INTRINSICS: Intrinsics = Intrinsics(
    (PYTHON, DAGSTER, INTEGRATIONS),
    _canonical,
    chain.from_iterable(later.items() for later in _LATER),
    may_declare,
    meant_among(lambda name: INTRINSICS.members(name)),
    gone_in,
    _never_until,
)
