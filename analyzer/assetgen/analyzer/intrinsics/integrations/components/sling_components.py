"""`dagster_sling.SlingReplicationCollectionComponent`: each replication as one step."""

from __future__ import annotations

import ast
from collections.abc import Hashable
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    TRUE,
    Constant,
    Function,
    Instance,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.components.annotations import of_dagster
from assetgen.analyzer.intrinsics.components.executables import given_field, options_of
from assetgen.analyzer.intrinsics.components.load_contexts import LoadContext
from assetgen.analyzer.intrinsics.components.resolving import (
    Maker,
    Resolution,
    TranslationValue,
)
from assetgen.analyzer.intrinsics.components.yaml_trees import entries
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.integrations.components.integration_steps import (
    apply_translation,
    definitions_of,
    multi_asset_of_specs,
    op_tags,
    own_get_asset_spec,
)
from assetgen.analyzer.intrinsics.integrations.components.translations import component_translator
from assetgen.analyzer.intrinsics.integrations.plain_data import value_of
from assetgen.analyzer.intrinsics.integrations.sling import SlingTranslatorValue, sling_streams_of

_SLING = "dagster_sling.SlingReplicationCollectionComponent"


def _sling_build(call: Call) -> Value:
    """A multi-asset for each replication: by the project's own `build_asset`, or the library's."""
    component = call.receiver or NONE
    context = call.first
    replications = call.items(given_field(component, "replications"))
    if replications.losses:
        return call.unknown("unsupported", "the replications are not known", *replications.losses)
    made: list[Value] = []
    own = call.own_method(component, "build_asset")
    for replication in replications.values:
        if own is not None:
            asset = call.invoke(own, context, replication)
        else:
            asset = _asset(call, component, context, replication)
        if isinstance(asset, Unknown):
            return asset
        made.append(asset)
    return definitions_of(call, made)


_ASSET = Parameters("context, replication_spec_model")


def _sling_asset(call: Call) -> Value:
    """`super().build_asset(context, replication_spec_model)`."""
    bound = _ASSET.bind(call)
    return _asset(call, call.receiver or NONE, bound["context"], bound["replication_spec_model"])


def _asset(call: Call, component: Value, context: Value, replication: Value) -> Value:
    options = options_of(replication)
    path = options.get("path")
    if not isinstance(path, Constant) or not isinstance(context, LoadContext):
        return call.unknown("unsupported", "the path of a replication is not known", path or NONE)
    file = context.path / str(path.value)
    own = {"translation": options.get("translation", NONE), "component": component}
    record = Record(_SLING, own, (), call.site)
    translator = component_translator(call, record, f"{_SLING}.<translate>", {})
    streams = sling_streams_of(call, Constant(PurePath(file)), translator)
    if isinstance(streams, Unknown):
        return streams
    operation = options_of(options.get("op", NONE))
    name = operation.get("name", NONE)
    kwargs: dict[str, Value] = {
        "name": name if is_given(name) else Constant(file.stem),
        "specs": Sequence("list", [spec for _, spec in streams]),
        "can_subset": TRUE,
        "op_tags": op_tags(operation, {}),
    }
    if is_given(operation.get("backfill_policy")):
        kwargs["backfill_policy"] = operation["backfill_policy"]
    runner = _runner(call, component, file, options, streams)
    return multi_asset_of_specs(call, kwargs, f"{_SLING}.execute", runner)


def _runner(
    call: Call,
    component: Value,
    file: PurePath,
    options: dict[str, Value],
    streams: tuple[tuple[str, SpecValue], ...],
) -> Value | None:
    """What runs one replication, told which asset each stream is; None if a class of the user's
    does that."""
    if isinstance(component, Instance):
        own = (call.machine.find_own(component, name) for name in ("execute", "build_asset"))
        if any(isinstance(each, Function) for each in own):
            return None
    keys: dict[Hashable, tuple[Value, Value]] = {
        ("constant", name): (Constant(name), value_of(call, list(spec.key.parts)))
        for name, spec in streams
    }
    fields: dict[str, Value] = {
        "replication": Constant(file),
        "keys": Mapping("dict", keys),
        "connections": _connections(call, component),
    }
    if is_given(options.get("include_metadata")):
        fields["include_metadata"] = options["include_metadata"]
    return Record(_SLING, fields, (), call.site)


def _connections(call: Call, component: Value) -> Value:
    """The connections, each with its name among its properties."""
    resource = options_of(given_field(component, "sling")).get("connections")
    if resource is not None:
        return resource
    named = given_field(component, "connections")
    if not isinstance(named, Mapping) or named.losses:
        return Sequence("list", []) if named == NONE else named
    return Sequence(
        "list",
        [
            Mapping("dict", {("constant", "name"): (Constant("name"), name), **of.entries})
            if isinstance(of, Mapping)
            else of
            for name, of in named.entries.values()
        ],
    )


_STREAM = Parameters("stream_definition")


def _sling_translate(call: Call) -> Value:
    """The spec of a stream, by the component's own method or else by the default translator."""
    stream = _STREAM.bind(call)["stream_definition"]
    replication = call.receiver
    fields = replication.fields if isinstance(replication, Record) else {}
    own = own_get_asset_spec(call, fields.get("component", NONE))
    spec = call.invoke(own, stream) if own is not None else _sling_default(call, stream)
    return apply_translation(call, fields.get("translation", NONE), spec, stream)


def _sling_spec(call: Call) -> Value:
    """`super().get_asset_spec(stream_definition)`."""
    return _sling_default(call, _STREAM.bind(call)["stream_definition"])


def _sling_default(call: Call, stream: Value) -> Value:
    row = "dagster_sling.DagsterSlingTranslator.get_asset_spec"
    translator = SlingTranslatorValue(Constant("target"))
    return call.invoke(KnownMethod(row, translator), stream)


def _replication(resolution: Resolution, node: ast.expr) -> Value:
    """A replication of a Sling component, with its translation not yet evaluated."""
    made: dict[str, Value] = {"op": NONE, "translation": NONE}
    for name, value in entries(node):
        if name == "translation":
            given: Value = TranslationValue(resolution, value, "stream_definition")
        elif name == "op":
            given = resolution.value(of_dagster(resolution.call, "OpSpec"), value)
        else:
            given = resolution.plain(value)
        made[name] = given
    return Record("dagster_sling.SlingReplicationSpecModel", made)


MAKERS: ReadOnlyMapping[str, Maker] = {"dagster.SlingReplication": _replication}
"""What makes the fields of the component."""

TABLE: dict[str, Intrinsic] = {
    f"{_SLING}.build_asset": _sling_asset,
    f"{_SLING}.build_defs": _sling_build,
    f"{_SLING}.get_asset_spec": _sling_spec,
    f"{_SLING}.<translate>": _sling_translate,
}
"""The intrinsics of Sling's component."""
