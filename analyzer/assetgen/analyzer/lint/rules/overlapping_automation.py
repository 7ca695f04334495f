"""overlapping-automation: two automation sensors that target the same asset."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.automation import Sensor
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related
from assetgen.analyzer.model.keys import AssetKey


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for location in evidence.pipeline.locations:
        sensors = [
            sensor
            for sensor in location.sensors
            if sensor.kind == _AUTOMATION and sensor.conditional is None
        ]
        if len(sensors) < 2:
            continue
        certain = {asset.key for asset in location.assets if asset.conditional is None}
        first: dict[AssetKey, Sensor] = {}
        for sensor in sensors:
            shared = next((key for key in sensor.assets if key in first), None)
            if shared is not None:
                before = first[shared]
                yield diagnostic(
                    "overlapping-automation",
                    f"sensors `{before.name}` and `{sensor.name}` both target `{shared}`",
                    sensor.origin.span,
                    related=(Related(f"`{before.name}` is here", before.origin.span),),
                )
            for key in certain.intersection(sensor.assets):
                first.setdefault(key, sensor)


RULE = Rule("overlapping-automation", check)

_AUTOMATION = "automation_condition_sensor"
