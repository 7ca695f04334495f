"""The tables of intrinsics for pandas and polars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assetgen.analyzer.evaluate.call import Intrinsic
from assetgen.analyzer.intrinsics.python.tabular import (
    accessors,
    counting,
    dates,
    frames,
    groups,
    locating,
    making,
    polars,
    reading,
    reshaping,
    rows,
    series,
)

TABLE: Final[Mapping[str, Intrinsic]] = {
    **accessors.TABLE,
    **counting.TABLE,
    **dates.TABLE,
    **frames.TABLE,
    **groups.TABLE,
    **locating.TABLE,
    **making.TABLE,
    **polars.TABLE,
    **reading.TABLE,
    **reshaping.TABLE,
    **rows.TABLE,
    **series.TABLE,
}

PROPERTIES: Final = groups.PROPERTIES
