"""Assets with several partitions under the same key: `definitions validate` refuses them.

Dagster only checks those of assets: a job may have such partitions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from operator import attrgetter

from assetgen.analyzer.evaluate.memory import Memory
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.partitions import Partitions
from assetgen.analyzer.model.spans import Span


def repeated_keys(assets: tuple[Asset, ...], memory: Memory) -> Iterator[Diagnostic]:
    """One finding for each place at which such partitions are given."""
    told: set[Span] = set()
    found = memory.sparse(
        _too_coarse_of, "too coarse", assets, where=attrgetter("partitions")
    ).values()
    for asset, fmt in sorted(found, key=lambda each: each[0].key):
        place = dict(asset.places).get("partitions", asset.origin.span)
        if place not in told:
            told.add(place)
            message = f'the format "{fmt}" gives several partitions the same key'
            yield diagnostic("bad-partitions", message, place)


def _too_coarse_of(asset: Asset) -> str | None:
    if asset.partitions is None or asset.kind != "materializable":
        return None
    parts = (asset.partitions, *(each for _, each in asset.partitions.dimensions))
    return next(filter(None, map(_too_coarse, parts)), None)


def _too_coarse(partitions: Partitions) -> str | None:
    """The format of the keys, if it gives the first two partitions the same key."""
    fmt, step = dict(partitions.parameters).get("fmt"), _STEPS.get(partitions.kind)
    if not isinstance(fmt, str) or step is None:
        return None
    first = datetime(2023, 3, 8)
    return fmt if first.strftime(fmt) == (first + step).strftime(fmt) else None


_STEPS = {
    "HourlyPartitionsDefinition": timedelta(hours=1),
    "DailyPartitionsDefinition": timedelta(days=1),
    "WeeklyPartitionsDefinition": timedelta(days=7),
    "MonthlyPartitionsDefinition": timedelta(days=31),
}
