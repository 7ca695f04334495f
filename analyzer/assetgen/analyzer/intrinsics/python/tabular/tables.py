"""The tables of intrinsics for pandas and polars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.tabular import (
    accessors,
    counting,
    dates,
    frames,
    groups,
    locating,
    making,
    polars,
    polars_columns,
    polars_expressions,
    reading,
    replacing,
    reshaping,
    rows,
    series,
)


def _tolerant(row: Intrinsic) -> Intrinsic:
    """A row that does not follow parameters that it does not know: there are more of them than the
    rows take."""

    def intrinsic(call: Call) -> Value:
        try:
            return row(call)
        except Raised as raised:
            name = call.last_name
            if raised.is_a("builtins.TypeError") and raised.message.startswith(f"{name}() "):
                return lost(call, *call.args)
            raise

    return intrinsic


_ROWS: Final[Mapping[str, Intrinsic]] = {
    **accessors.TABLE,
    **counting.TABLE,
    **dates.TABLE,
    **frames.TABLE,
    **groups.TABLE,
    **locating.TABLE,
    **making.TABLE,
    **polars.TABLE,
    **polars_columns.TABLE,
    **polars_expressions.TABLE,
    **reading.TABLE,
    **replacing.TABLE,
    **reshaping.TABLE,
    **rows.TABLE,
    **series.TABLE,
}

TABLE: Final[Mapping[str, Intrinsic]] = {name: _tolerant(row) for name, row in _ROWS.items()}

PROPERTIES: Final = groups.PROPERTIES
