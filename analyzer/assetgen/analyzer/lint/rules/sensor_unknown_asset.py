"""sensor-unknown-asset: a sensor that watches an asset that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.lint.unmatched import proposal
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    for knowledge in evidence.locations:
        location = knowledge.location
        for sensor in location.sensors:
            for key in sensor.assets:
                # A sensor may watch what another deployment makes: only a slip is reported.
                near = knowledge.near.mistyped_as(key)
                is_refused = sensor.kind == _AUTOMATION
                if key in knowledge.everywhere or not (near or is_refused):
                    continue
                if not is_refused and evidence.is_external(key):
                    continue
                certain = Severity.ERROR if is_refused else None
                proposed = proposal([knowledge.defined[each] for each in near])
                yield diagnostic(
                    "sensor-unknown-asset",
                    f"sensor `{sensor.name}` watches `{key}`, which no asset has as its key"
                    f"{proposed.message}",
                    sensor.origin.span,
                    severity=certain if knowledge.is_complete_everywhere else Severity.INFO,
                    related=proposed.related,
                )


RULE = Rule("sensor-unknown-asset", check)

_AUTOMATION = "automation_condition_sensor"
"""The kind of sensor whose selection Dagster resolves when it loads the code location."""
