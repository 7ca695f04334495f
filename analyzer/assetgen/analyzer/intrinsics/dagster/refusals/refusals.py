"""What Dagster refuses in a call, before anything else is done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.intrinsics.dagster.expected.argument_types import check_types
from assetgen.analyzer.intrinsics.dagster.expected.checked_calls import CALLS
from assetgen.analyzer.intrinsics.dagster.functions.decorating import REFUSED
from assetgen.analyzer.intrinsics.dagster.refusals.plain_parameters import TAKEN
from assetgen.analyzer.intrinsics.dagster.refusals.refused_values import CHECKS, check_values


def checking(rows: Mapping[str, Intrinsic]) -> dict[str, Intrinsic]:
    """The rows; those known to refuse arguments report these first."""
    checked = {
        name: _checked(row, is_decorator=f"{name}.<decorate>" in rows)
        for name, row in rows.items()
        if name.removeprefix("dagster.") in CALLS or name in CHECKS or name in TAKEN
    }
    return {**rows, **checked}


def _checked(row: Intrinsic, *, is_decorator: bool) -> Intrinsic:
    def checked(call: Call) -> Value:
        taken = TAKEN.get(call.name)
        if taken is not None:
            taken.bind(call)
        accepted = check_types(call)
        if accepted is None:
            return REFUSED if is_decorator else _told(call)
        if accepted is call:
            check_values(call)
        return row(accepted)

    return checked


def _told(call: Call) -> Value:
    return call.unknown("told", "Dagster refuses an argument")


TABLE: Final[Mapping[str, Intrinsic]] = {REFUSED.qualname: _told}
"""The row of what is refused."""
