"""Checks that Dagster's own factories build: one definition of checks for some assets."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.doubts import beyond
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.check_specs import check_target
from assetgen.analyzer.intrinsics.dagster.collecting import with_conditions
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import CheckSpecValue, ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import Dep
from assetgen.analyzer.intrinsics.dagster.keys import read_key
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.keys import AssetKey

Describe = Callable[[Bound], "tuple[str, str] | Unknown"]
"""The name and description of the checks that a factory builds."""


def _built(parameters: Parameters, prefix: str, describe: Describe) -> Intrinsic:
    """The factory of checks whose definition is called `prefix` and a digest of its keys."""

    def build(call: Call) -> Value:
        bound = parameters.bind(call)
        described = describe(bound)
        if isinstance(described, Unknown):
            call.report("unresolved-check", f"built checks are not known: {why(described)}")
            return Sequence("list", [], [described])
        name, description = described
        found = _keys(call, bound)
        keys = [key for key, _ in found]
        doubled = next((key for key, known in found if keys.count(key) > 1 and known is None), None)
        if doubled is not None and "freshness" in call.name:
            message = f"`{doubled}` is given twice"
            call.report("invalid-definition", message, argument_place(call, "assets"))
        blocking = "blocking" in bound and Doubts().flag(bound["blocking"])
        sites = {key: call.site if known is None else _under(call, known) for key, known in found}
        specs = tuple(
            CheckSpecValue(name, key, site, (), blocking, description)
            for key, site in sites.items()
        )
        op = f"{prefix}_{_digest(specs, prefix)}"
        inputs = tuple(Dep(spec.asset, spec.site) for spec in specs)
        value = ChecksValue(op, "built", call.site, specs, inputs, can_subset=True)
        return Sequence("list", [call.declared(value)])

    return build


def _under(call: Call, condition: Unknown) -> Site:
    return call.site.under(call.site.chain, call.site.condition or condition)


def _keys(call: Call, bound: Bound) -> list[tuple[AssetKey, Unknown | None]]:
    """The keys of `assets`, those of a multi-asset one by one, and the condition under which each
    is given, if any; what is lost is reported."""
    place = argument_place(call, "assets")
    items = call.machine.items(bound["assets"], place)
    losses = beyond(items.losses)
    keys: list[tuple[AssetKey, Unknown | None]] = []
    for option, condition in with_conditions(items):
        if isinstance(option, AssetsValue):
            keys.extend((spec.key, condition) for spec in option.specs)
            continue
        key = read_key(call, option)
        if isinstance(key, AssetKey):
            keys.append((key, condition))
        elif isinstance(key, Unknown):
            losses.append(key)
        else:
            call.report("invalid-definition", f"{shown(option)} is not an asset", place)
    for each, _ in keys:
        check_target(call, each, place)
    for loss in losses:
        call.report("unresolved-check", f"an asset check is not known: {why(loss)}", place)
    return keys


def _digest(specs: tuple[CheckSpecValue, ...], prefix: str) -> str:
    """Eight digits of a hash of the keys, as Dagster writes them: of the assets, or of the
    checks."""
    texts = []
    for spec in specs:
        text = f"AssetKey({list(spec.asset.parts)!r})"
        if prefix == _CHECK:
            text = f"AssetCheckKey(asset_key={text}, name={spec.name!r})"
        texts.append(text)
    data = json.dumps(sorted(texts)).encode()
    return hashlib.md5(data, usedforsecurity=False).hexdigest()[:8]


_FRESHNESS = "freshness_check"
_CHECK = "asset_check"


# -- what each factory builds

_LAST_UPDATE = Parameters(
    "*, assets, lower_bound_delta, deadline_cron=None, timezone='UTC', severity=None, "
    "blocking=False"
)
_TIME_PARTITION = Parameters(
    "*, assets, deadline_cron, timezone='UTC', severity=None, blocking=False"
)
_COLUMN_SCHEMA = Parameters("*, assets, severity=None")
_BOUNDS = Parameters(
    "*, assets, severity=None, metadata_key, min_value=None, max_value=None, "
    "exclusive_min=False, exclusive_max=False"
)


def _freshness(bound: Bound) -> tuple[str, str]:
    return "freshness_check", "Evaluates freshness for targeted asset."


def _column_schema(bound: Bound) -> tuple[str, str]:
    return (
        "column_schema_change",
        "Checks whether there are changes to column schema between the asset's  two most recent "
        "materializations",
    )


def _bounds(bound: Bound) -> tuple[str, str] | Unknown:
    doubts = Doubts()
    key = doubts.text(bound["metadata_key"])
    least, most = _number(doubts, bound["min_value"]), _number(doubts, bound["max_value"])
    if key is None or doubts.found:
        cause = doubts.found[0] if doubts.found else bound["metadata_key"]
        return bound.call.unknown("unsupported", "the bounds of the metadata are not known", cause)
    if least is None and most is None:
        message = "at least one of min_value and max_value must be given"
        bound.call.report("invalid-definition", message)
    limits = []
    if least is not None:
        limits.append(_limit("greater than", bound["exclusive_min"], least))
    if most is not None:
        limits.append(_limit("less than", bound["exclusive_max"], most))
    name = f"{re.sub('[^A-Za-z0-9_]', '_', key)}_bounds_check"
    text = f"Checks that the latest materialization has metadata value `{key}`"
    return name, f"{text} {' and '.join(limits)}"


def _number(doubts: Doubts, value: Value) -> object:
    value = doubts.first_option(value)
    return value.value if isinstance(value, Constant) and value != NONE else None


def _limit(words: str, exclusive: Value, number: object) -> str:
    return f"{words} {'' if Doubts().flag(exclusive) else 'or equal to '}{number}"


TABLE: dict[str, Intrinsic] = {
    "dagster.build_last_update_freshness_checks": _built(_LAST_UPDATE, _FRESHNESS, _freshness),
    "dagster.build_time_partition_freshness_checks": _built(
        _TIME_PARTITION, _FRESHNESS, _freshness
    ),
    "dagster.build_column_schema_change_checks": _built(_COLUMN_SCHEMA, _CHECK, _column_schema),
    "dagster.build_metadata_bounds_checks": _built(_BOUNDS, _CHECK, _bounds),
}
"""The intrinsics of Dagster's factories of checks."""
