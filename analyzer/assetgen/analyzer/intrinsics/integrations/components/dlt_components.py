"""`dagster_dlt.DltLoadCollectionComponent`: each load as one step."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    TRUE,
    Constant,
    External,
    Mapping,
    Module,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.components.core_models import (
    backfill_policy,
    partitions_definition,
)
from assetgen.analyzer.intrinsics.components.executables import given_field, options_of
from assetgen.analyzer.intrinsics.components.resolving import (
    Maker,
    Resolution,
    TranslationValue,
)
from assetgen.analyzer.intrinsics.components.yaml_trees import entries, text_of
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.integrations.components.integration_steps import (
    apply_translation,
    definitions_of,
    multi_asset_of_specs,
    own_get_asset_spec,
)
from assetgen.analyzer.intrinsics.integrations.dlt import TRANSLATOR, DltDataValue, dlt_specs_of
from assetgen.analyzer.intrinsics.integrations.dlt_values import DltSourceValue
from assetgen.analyzer.model.keys import AssetKey

_DLT = "dagster_dlt.DltLoadCollectionComponent"
_NAMES = External(f"{_DLT}.<names>")


def _dlt_build(call: Call) -> Value:
    """One multi-asset for each load."""
    component = call.receiver or NONE
    loads = call.items(given_field(component, "loads"))
    if loads.losses:
        return call.unknown("unsupported", "the loads are not known", *loads.losses)
    made = []
    for load in loads.values:
        step = _step(call, component, options_of(load))
        if isinstance(step, Unknown):
            return step
        made.append(step)
    return definitions_of(call, made)


def _step(call: Call, component: Value, load: dict[str, Value]) -> Value:
    source, pipeline = load.get("source", NONE), load.get("pipeline", NONE)

    def translate(data: DltDataValue) -> Value:
        return _translated(call, component, load.get("translation", NONE), data)

    specs = dlt_specs_of(call, source, pipeline, translate=translate)
    if isinstance(specs, Unknown) or not isinstance(source, DltSourceValue):
        return specs if isinstance(specs, Unknown) else call.unknown("unsupported", "the source")
    dataset = call.get_attribute(pipeline, "dataset_name")
    if not isinstance(dataset, Constant):
        return call.unknown("unsupported", "the dataset of the pipeline is not known", dataset)
    kwargs: dict[str, Value] = {
        "name": Constant(f"dlt_assets_{source.name}_{dataset.value}"),
        "specs": Sequence("list", list(specs)),
        "can_subset": TRUE,
    }
    for name in ("partitions_def", "backfill_policy"):
        if is_given(load.get(name)):
            kwargs[name] = load[name]
    partitions = kwargs.get("partitions_def", NONE)
    if "backfill_policy" not in kwargs and call.machine.type_name(partitions) in _OF_TIME:
        single = External("dagster.BackfillPolicy.single_run")
        kwargs["backfill_policy"] = call.invoke(single)
    return multi_asset_of_specs(call, kwargs, f"{_DLT}.execute")


_OF_TIME = tuple(
    f"dagster.{name}PartitionsDefinition"
    for name in ("Hourly", "Daily", "Weekly", "Monthly", "TimeWindow")
)


def _translated(call: Call, component: Value, translation: Value, data: DltDataValue) -> Value:
    """The spec of a resource: by the component's own method or the default translator, with the key
    of the table that is loaded, as changed by `translation:`."""
    own = own_get_asset_spec(call, component)
    spec = call.invoke(own, data) if own is not None else _default(call, data)
    key = _key(call, data)
    if isinstance(key, Unknown) or isinstance(spec, Unknown):
        return key if isinstance(key, Unknown) else spec
    row = KnownMethod("dagster.AssetSpec.replace_attributes", spec)
    spec = call.invoke(row, key=key)
    return apply_translation(call, translation, spec, data)


def _default(call: Call, data: Value) -> Value:
    translator = call.invoke(External(TRANSLATOR))
    row = KnownMethod(f"{TRANSLATOR}.get_asset_spec", translator)
    return call.invoke(row, data)


def _key(call: Call, data: DltDataValue) -> Value:
    """The dataset and the table; a table that is named at run time is called like its resource."""
    dataset = call.get_attribute(data.pipeline, "dataset_name")
    table = data.resource.table_name
    if not isinstance(dataset, Constant) or isinstance(table, Unknown):
        lost = table if isinstance(table, Unknown) else dataset
        return call.unknown("unsupported", "the table that is loaded is not known", lost)
    name = table.value if isinstance(table, Constant) else data.resource.name
    prefix = (str(dataset.value),) if dataset.value else ()
    return KeyValue(AssetKey((*prefix, str(name))))


_DATA = Parameters("data")


def _dlt_spec(call: Call) -> Value:
    """`super().get_asset_spec(data)`."""
    return _default(call, _DATA.bind(call)["data"])


def _names(call: Call) -> Value:
    """The names that templates of a translation can use."""
    data = _DATA.bind(call)["data"]
    result = Mapping()
    if isinstance(data, DltDataValue):
        for name, value in (("resource", data.resource), ("pipeline", data.pipeline)):
            result.entries[("constant", name)] = (Constant(name), value)
    return result


def _load(resolution: Resolution, node: ast.expr) -> Value:
    """One load of a component: its source and pipeline are given by name, and imported."""
    made: dict[str, Value] = {"translation": NONE}
    for name, value in entries(node):
        if name == "translation":
            given: Value = TranslationValue(resolution, value, names=_NAMES)
        elif name in ("source", "pipeline"):
            given = resolution.injected(value, _imported)
        elif name in _MADE:
            given = resolution.injected(value, _MADE[name])
        else:
            given = resolution.plain(value)
        made[name] = given
    return Record("dagster_dlt.DltLoadSpecModel", made)


_MADE: ReadOnlyMapping[str, Maker] = {
    "partitions_def": partitions_definition,
    "backfill_policy": backfill_policy,
}


def _imported(resolution: Resolution, node: ast.expr) -> Value:
    """The object of that name; one that begins with a dot is relative to the file."""
    call, context = resolution.call, resolution.context
    path = text_of(node) or ""
    name = f"{context.module_name(context.path)}{path}" if path.startswith(".") else path
    module, _, last = name.rpartition(".")
    site = resolution.site.at(node)
    found = call.machine.import_module(module)
    if isinstance(found, Module):
        value = call.machine.find_attribute(found, last, site)
        if value is not None:
            return value
        return call.machine.unknown("file", f"{module} has no {last}", site)
    return call.machine.unknown("external", f"what {name} is", site)


MAKERS: ReadOnlyMapping[str, Maker] = {"dagster.DltLoad": _load}
"""What makes the fields of the component."""

TABLE: dict[str, Intrinsic] = {
    f"{_DLT}.build_defs": _dlt_build,
    f"{_DLT}.get_asset_spec": _dlt_spec,
    _NAMES.qualname: _names,
}
"""The intrinsics of dlt's component."""
