"""What Dagster refuses of a call before it is looked at any further."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.intrinsics.dagster.argument_types import check_types
from assetgen.analyzer.intrinsics.dagster.expected_types import CALLS
from assetgen.analyzer.intrinsics.dagster.refused_values import CHECKS, check_values


def refusing(rows: dict[str, Intrinsic]) -> dict[str, Intrinsic]:
    """The rows, of which those known to refuse arguments tell of it first."""
    return {
        name: _checked(row) if name.removeprefix("dagster.") in CALLS or name in CHECKS else row
        for name, row in rows.items()
    }


def _checked(row: Intrinsic) -> Intrinsic:
    def checked(call: Call) -> Value:
        accepted = check_types(call)
        if accepted is call:
            check_values(call)
        if accepted is None:
            return call.unknown("told", "Dagster refuses an argument")
        return row(accepted)

    return checked
