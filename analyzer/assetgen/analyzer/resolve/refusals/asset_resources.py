"""Resources that assets and checks bring along, compared with what they need."""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.values import Value
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import OpValue
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.resolve.jobs.job_resources import needed_of, required_of

_Definition = AssetsValue | SourceAssetValue | ChecksValue


def misprovided(definitions: DefinitionsValue) -> Iterator[Diagnostic]:
    """What is missing and what is given twice, if definitions bring resources of their own.

    If none does, nothing is reported here: the rule `missing-resource` reports what is missing.
    """
    values: list[_Definition] = [
        value
        for value in dict.fromkeys((*definitions.assets, *definitions.checks))
        if isinstance(value, (AssetsValue, SourceAssetValue, ChecksValue))
    ]
    bound = {binding.key for binding in definitions.resources}
    others: dict[str, Value] = {}
    for value in values:
        own = value.own_resources
        if own is None or value.site.condition is not None:
            continue
        for key, what in sorted(_needed(value).items()):
            if key in own:
                yield from _conflicts(value, key, own[key], bound, others)
            elif definitions.resources_known and key not in bound | {_DEFAULT}:
                message = f"`{name_of(value)}` needs the {what} `{key}`, which nothing provides"
                yield diagnostic("missing-resource", message, value.site.span)
        for key, resource in own.items() if definitions.resources_known else ():
            for needed in required_of(resource):
                if needed not in own and needed not in bound | {_DEFAULT}:
                    message = f"the resource `{key}` needs `{needed}`, which nothing provides"
                    yield diagnostic("missing-resource", message, value.site.span)


_DEFAULT = "io_manager"


def _conflicts(
    value: _Definition, key: str, own: Value, bound: set[str], others: dict[str, Value]
) -> Iterator[Diagnostic]:
    if key in bound and key != _DEFAULT:
        message = f"`{name_of(value)}` brings the resource `{key}`, and so do the Definitions"
        yield diagnostic("invalid-definition", message, value.site.span)
    elif others.setdefault(key, own) is not own and isinstance(own, type(others[key])):
        message = f"`{name_of(value)}` brings another resource `{key}` than an asset before it"
        yield diagnostic("invalid-definition", message, value.site.span)


def _needed(value: _Definition) -> dict[str, str]:
    if value.node is None:
        return {}
    needed = needed_of(value.node)
    unsure = (
        {maybe.parameter for maybe in getattr(value.node, "maybe_resources", ())}
        if isinstance(value.node, OpValue)
        else set()
    )
    return {key: what for key, what in needed.items() if key not in unsure}


def name_of(value: _Definition) -> str:
    """What diagnostics call an asset or a check."""
    if isinstance(value, AssetsValue) and len(value.outputs) == 1:
        return str(value.outputs[0].spec.key)
    return str(value.key) if isinstance(value, SourceAssetValue) else value.name
