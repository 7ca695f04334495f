"""`dagster_dlt`: one asset for each selected resource of a dlt source."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.plain import why
from assetgen.analyzer.intrinsics.integrations.dlt_values import (
    DltPipelineValue,
    DltResourceValue,
    DltSourceValue,
)
from assetgen.analyzer.intrinsics.integrations.older_methods import resolved_method
from assetgen.analyzer.intrinsics.integrations.specs_of import lost_assets, multi_asset_of
from assetgen.analyzer.intrinsics.integrations.translated_specs import spec_of, translated_spec
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey

TRANSLATOR = "dagster_dlt.DagsterDltTranslator"


@dataclass(slots=True, eq=False)
class DltTranslatorValue(Declared):
    """A `DagsterDltTranslator` of no class of the project."""

    type_name: ClassVar[str] = TRANSLATOR


@dataclass(slots=True, eq=False)
class DltDataValue(Declared):
    """`DltResourceTranslatorData`: a resource and the pipeline that loads it."""

    type_name: ClassVar[str] = "dagster_dlt.DltResourceTranslatorData"

    resource: DltResourceValue
    pipeline: Value

    def attribute(self, name: str) -> Value | None:
        if name == "destination":
            return _destination(self.pipeline)
        return {"resource": self.resource, "pipeline": self.pipeline}.get(name)


def dlt_specs_of(
    call: Call,
    source: Value,
    pipeline: Value,
    translator: Value = NONE,
    translate: Callable[[DltDataValue], Value] | None = None,
) -> tuple[SpecValue, ...] | Unknown:
    """The specs of the selected resources of a source; what is lost of them is reported at `call`.

    They are what the translator says, or what `translate` gives.
    """
    if not isinstance(source, DltSourceValue):
        return call.unknown("external", "the resources of the dlt source", source)
    specs: list[SpecValue] = []
    for resource in source.resources:
        if not resource.is_selected:
            continue
        data = DltDataValue(resource, pipeline)
        spec = translate(data) if translate is not None else _translated(call, translator, data)
        if isinstance(spec, SpecValue):
            specs.append(spec)
        else:
            reason = why(spec) if isinstance(spec, Unknown) else "its translator gives no AssetSpec"
            message = f"the asset of dlt resource `{resource.name}` is not known: {reason}"
            call.report("unresolved-asset", message)
    for loss in source.losses:
        message = f"an asset of dlt source `{source.name}` is not known: {why(loss)}"
        call.report("unresolved-asset", message)
    return tuple(specs)


def _translated(call: Call, translator: Value, data: DltDataValue) -> Value:
    return translated_spec(call, translator, data, lambda: _default_spec(call, translator, data))


def _default_spec(call: Call, translator: Value, data: DltDataValue) -> Value:
    """What the translator's own `get_asset_spec` gives; older methods that the project overrides
    are asked."""
    values = {
        name: _part(call, translator, f"get_{method}", data, default)
        for name, (method, default) in _PARTS.items()
    }
    metadata = values["metadata"]
    destination = _destination(data.pipeline)
    name = call.get_attribute(destination, "destination_name")
    if isinstance(metadata, Mapping) and isinstance(name, Constant):
        entries = dict(metadata.entries)
        entries[("constant", "dagster/storage_kind")] = (Constant("dagster/storage_kind"), name)
        values["metadata"] = Mapping("dict", entries, metadata.losses)
    return spec_of(call, values, f"dlt resource {data.resource.name}")


def _part(
    call: Call,
    translator: Value,
    method: str,
    data: DltDataValue,
    default: Callable[[Call, DltDataValue], Value],
) -> Value:
    own = call.own_method(translator, method)
    if own is None:
        return default(call, data)
    more = (_destination(data.pipeline),) if method == "get_kinds" else ()
    return call.invoke(own, data.resource, *more)


def _destination(pipeline: Value) -> Value:
    return pipeline.destination if isinstance(pipeline, DltPipelineValue) else pipeline


# -- what the translator gives by default


def _key(call: Call, data: DltDataValue) -> Value:
    resource = data.resource
    return KeyValue(AssetKey((f"dlt_{resource.source_name}_{resource.name}",)))


def _deps(call: Call, data: DltDataValue) -> Value:
    resource = data.resource
    name = resource.parent or resource.name
    return Sequence("list", [KeyValue(AssetKey((f"{resource.source_name}_{name}",)))])


def _description(call: Call, data: DltDataValue) -> Value:
    description = data.resource.description
    return description if isinstance(description, Unknown) else Constant(description)


def _metadata(call: Call, data: DltDataValue) -> Value:
    table = data.resource.table_name
    if not isinstance(table, Constant):
        table = Constant(data.resource.name)
    name = Constant("dagster/table_name")
    return Mapping("dict", {("constant", name.value): (name, table)})


def _kinds(call: Call, data: DltDataValue) -> Value:
    kinds: list[Value] = [Constant("dlt")]
    destination = _destination(data.pipeline)
    if destination == NONE:
        return Sequence("set", kinds)
    if isinstance(destination, Unknown):
        return Sequence("set", kinds, [destination])
    return Sequence("set", [*kinds, call.get_attribute(destination, "destination_name")])


def _none(call: Call, data: DltDataValue) -> Value:
    return NONE


def _no_tags(call: Call, data: DltDataValue) -> Value:
    return Mapping()


_PARTS: dict[str, tuple[str, Callable[[Call, DltDataValue], Value]]] = {
    "key": ("asset_key", _key),
    "automation_condition": ("automation_condition", _none),
    "deps": ("deps_asset_keys", _deps),
    "description": ("description", _description),
    "group_name": ("group_name", _none),
    "metadata": ("metadata", _metadata),
    "owners": ("owners", _none),
    "tags": ("tags", _no_tags),
    "kinds": ("kinds", _kinds),
}
"""The parameters of `AssetSpec`: the translator's method, without `get_`, and its default."""


# -- rows


def _translator(call: Call) -> Value:
    return DltTranslatorValue()


_DATA = Parameters("data")


def _get_asset_spec(call: Call) -> Value:
    data = _DATA.bind(call)["data"]
    if not isinstance(data, DltDataValue):
        return call.unknown("unsupported", "which dlt resource is meant", data)
    return _default_spec(call, call.receiver if call.receiver is not None else NONE, data)


_RESOURCE = Parameters("resource, destination=None")


def _method(default: Callable[[Call, DltDataValue], Value]) -> Intrinsic:
    def row(call: Call) -> Value:
        bound = _RESOURCE.bind(call)
        resource = bound["resource"]
        if not isinstance(resource, DltResourceValue):
            return call.unknown("unsupported", "which dlt resource is meant", resource)
        pipeline = DltPipelineValue({}, bound["destination"])
        return default(call, DltDataValue(resource, pipeline))

    return row


_DATA_CLASS = Parameters("*, resource, pipeline=None")


def _data(call: Call) -> Value:
    bound = _DATA_CLASS.bind(call)
    resource = bound["resource"]
    if not isinstance(resource, DltResourceValue):
        return call.unknown("unsupported", "which dlt resource is meant", resource)
    return DltDataValue(resource, bound["pipeline"])


_SPECS = Parameters("dlt_source, dlt_pipeline, dagster_dlt_translator=None")


def _build_specs(call: Call) -> Value:
    bound = _SPECS.bind(call)
    specs = dlt_specs_of(
        call, bound["dlt_source"], bound["dlt_pipeline"], bound["dagster_dlt_translator"]
    )
    return specs if isinstance(specs, Unknown) else Sequence("list", list(specs))


_ASSETS = Parameters(
    "*, dlt_source, dlt_pipeline, name=None, group_name=None, dagster_dlt_translator=None, "
    "partitions_def=None, backfill_policy=None, hooks=None, op_tags=None, pool=None"
)


def _dlt_assets(call: Call, bound: Bound, function: Value) -> Value:
    specs = dlt_specs_of(
        call, bound["dlt_source"], bound["dlt_pipeline"], bound["dagster_dlt_translator"]
    )
    if isinstance(specs, Unknown):
        return lost_assets(call, "dlt_assets", specs)
    passed = ("name", "group_name", "partitions_def", "op_tags", "pool")
    return multi_asset_of(call, bound, function, specs, passed=passed)


TABLE: dict[str, Intrinsic] = {
    TRANSLATOR: _translator,
    f"{TRANSLATOR}.get_asset_spec": _get_asset_spec,
    **{f"{TRANSLATOR}.get_{name}": _method(default) for name, default in _PARTS.values()},
    f"{TRANSLATOR}.get_auto_materialize_policy": _method(_none),
    **{
        f"{TRANSLATOR}._default_{name.removesuffix('_asset_keys')}_fn": _method(default)
        for name, default in _PARTS.values()
    },
    f"{TRANSLATOR}._default_auto_materialize_policy_fn": _method(_none),
    f"{TRANSLATOR}._resolve_back_compat_method": resolved_method,
    "dagster_dlt.DltResourceTranslatorData": _data,
    "dagster_dlt.build_dlt_asset_specs": _build_specs,
    **decorator("dagster_dlt.dlt_assets", _ASSETS, None, _dlt_assets),
}
"""The intrinsics of `dagster_dlt`."""
