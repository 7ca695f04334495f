"""`Definitions`, `@definitions` and what changes or merges them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.doubts import Presence, beyond, surely_all
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Class,
    Constant,
    External,
    Function,
    Instance,
    Iterator_,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
    options_of,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.assets.changing import with_own
from assetgen.analyzer.intrinsics.dagster.collecting import (
    Collected,
    Loss,
    collect,
    tell_losses,
)
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import (
    DefinitionsValue,
    LazyDefinitionsValue,
    ResourceBinding,
)
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, ScheduleValue, SensorValue
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.definitions.alternatives import (
    alternatives,
    bindings_by_key,
    only_if,
    settled,
)
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.signature import annotation_of, signature_of
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.places import (
    argument_place,
    function_place,
    placed_entries,
)
from assetgen.analyzer.intrinsics.dagster.plain import shown, why
from assetgen.analyzer.model.copies import replace

ASSET_TYPES = (AssetsValue, SpecValue, SourceAssetValue, ChecksValue)

_DEFINITIONS = Parameters(
    "assets=None, schedules=None, sensors=None, jobs=None, resources=None, executor=None, "
    "loggers=None, asset_checks=None, metadata=None, component_tree=None"
)


def _definitions(call: Call) -> Value:
    return held(call, _DEFINITIONS.bind(call))


def held(call: Call, bound: Bound) -> DefinitionsValue:
    """The `Definitions` of bound arguments."""
    lost: list[Loss] = []
    given = {
        member[0]: _collected(call, bound.get(member[0]) or NONE, member, lost)
        for member in _MEMBERS
    }
    tell_losses(call, lost)
    for loss in call.losses:
        call.report("unresolved-asset", f"definitions are not known: {why(loss)}")
    resources, known = resources_of(call, bound)
    value = DefinitionsValue(
        site=call.site,
        assets=tuple(given["assets"].members),  # type: ignore[arg-type]
        checks=tuple(_checks(given["asset_checks"])),
        jobs=tuple(given["jobs"].members),  # type: ignore[arg-type]
        schedules=tuple(given["schedules"].members),  # type: ignore[arg-type]
        sensors=tuple(given["sensors"].members),  # type: ignore[arg-type]
        resources=resources,
        resources_known=known,
        loggers=by_key(bound["loggers"], argument_place(call, "loggers", 6)),
        executor=bound["executor"] if is_given(bound["executor"]) else None,
        losses=(
            *call.losses,
            *(loss for collected in given.values() for loss in collected.losses),
        ),
    )
    extra = tuple(item for item in given["asset_checks"].members if isinstance(item, AssetsValue))
    return replace(value, assets=(*value.assets, *extra)) if extra else value


_Member = tuple[str, tuple[Any, ...], str, int]


def _collected(call: Call, value: Value, member: _Member, lost: list[Loss]) -> Collected:
    """The members of one collection; none of an iterator, which Dagster has used up when it has
    checked the items."""
    name, types, what, position = member
    place = argument_place(call, name, position)
    found = collect(call, value, types, what, place, lost)
    if not isinstance(value, Iterator_) or not found.members:
        return found
    message = f"`{name}` is an iterator, of which Dagster loads nothing: put it in a list"
    call.report("unreached-definition", message, place)
    return Collected()


def brings_resources(value: Value) -> bool:
    """Whether an asset or checks come with resources of their own."""
    bringing = (AssetsValue, SourceAssetValue, ChecksValue)
    return isinstance(value, bringing) and value.brings_resources


_MEMBERS: tuple[_Member, ...] = (
    ("assets", ASSET_TYPES, "asset", 0),
    ("schedules", (ScheduleValue,), "schedule", 1),
    ("sensors", (SensorValue,), "sensor", 2),
    ("jobs", (JobValue,), "job", 3),
    ("asset_checks", (ChecksValue, AssetsValue), "check", 7),
)
"""The collections that `Definitions` takes: parameter, types, their name, position."""


def _checks(collected: Collected) -> list[ChecksValue]:
    return [member for member in collected.members if isinstance(member, ChecksValue)]


def resources_of(call: Call, bound: Bound) -> tuple[tuple[ResourceBinding, ...], bool]:
    """The resources by key; under an unknown condition, those of every option."""
    given = bound.get("resources") or NONE
    place = argument_place(call, "resources", 4)
    options = options_of(given)
    known = not call.losses and all(
        surely_all(option.losses) if isinstance(option, Mapping) else option == NONE
        for option in options
    )
    bindings = [by_key(option, place) for option in options]
    if isinstance(given, Choice):
        return bindings_by_key(call.machine, bindings, given.condition, len(options)), known
    return bindings[0], known


def by_key(given: Value, place: Site) -> tuple[ResourceBinding, ...]:
    """The contents of a dictionary, by its keys."""
    if not isinstance(given, Mapping):
        return ()
    return tuple(
        # The condition of a `Definitions` is handled separately.
        ResourceBinding(key, value, site.under(site.chain, condition))
        for key, value, site, condition in placed_entries(given, place)
    )


def merge(definitions: list[DefinitionsValue], call: Call) -> DefinitionsValue:
    """One `Definitions` with the contents of all of them, in order."""
    resources = {binding.key: binding for item in definitions for binding in item.resources}
    loggers = {binding.key: binding for item in definitions for binding in item.loggers}
    executors = [item.executor for item in definitions if item.executor is not None]
    return DefinitionsValue(
        site=call.site,
        assets=tuple(asset for item in definitions for asset in item.assets),
        checks=tuple(check for item in definitions for check in item.checks),
        jobs=tuple(job for item in definitions for job in item.jobs),
        schedules=tuple(schedule for item in definitions for schedule in item.schedules),
        sensors=tuple(sensor for item in definitions for sensor in item.sensors),
        resources=tuple(resources.values()),
        resources_known=all(item.resources_known for item in definitions),
        loggers=tuple(loggers.values()),
        executor=executors[-1] if executors else None,
        losses=tuple(loss for item in definitions for loss in item.losses),
        had_elsewhere=tuple(source for item in definitions for source in item.had_elsewhere),
    )


def _merge(call: Call) -> Value:
    found: list[DefinitionsValue] = []
    losses = beyond(call.losses)
    presence = Presence(Sequence("list", list(call.args), list(call.losses)))
    for index, argument in enumerate(call.args):
        definitions, others = alternatives(
            call.machine, argument, lambda each: settled(call.machine, each, [], call.site)
        )
        doubt = presence.doubt(argument)
        if definitions is not None and doubt is not None:
            definitions = only_if(call.machine, definitions, doubt.condition)
        if definitions is not None:
            found.append(definitions)
        for other in others:
            if isinstance(other, Unknown):
                losses.append(other)
            elif isinstance(other, (Sequence, Constant, Mapping, *ASSET_TYPES, JobValue)):
                message = f"merge() takes Definitions one by one, not {shown(other)}"
                call.report("wrong-type", message, argument_place(call, "", index))
            else:
                losses.append(call.unknown("external", shown(other)))
    for loss in losses:
        span = loss.root().span or call.site.span
        message = f"definitions that are merged are not known: {why(loss)}"
        call.machine.report("unresolved-asset", message, span)
    whole = merged(found, call)
    return replace(whole, losses=(*whole.losses, *losses))


def merged(definitions: list[DefinitionsValue], call: Call) -> DefinitionsValue:
    """As `merge`; the same key in two of them is reported, since Dagster refuses it."""
    _check_conflicts(call, definitions)
    return merge(definitions, call)


def _check_conflicts(call: Call, definitions: list[DefinitionsValue]) -> None:
    """Report keys that two of them share, which Dagster does not merge."""
    for what, bindings in (
        ("resource", [each for item in definitions for each in item.resources]),
        ("logger", [each for item in definitions for each in item.loggers]),
    ):
        known: dict[str, Value] = {}
        for each in bindings:
            before = known.setdefault(each.key, each.value)
            if not _may_be_same(before, each.value):
                message = f"another {what} is already merged under the key `{each.key}`"
                call.report("invalid-definition", message, each.site)
    executors = [item.executor for item in definitions if item.executor is not None]
    if any(not _may_be_same(executors[0], other) for other in executors[1:]):
        call.report("invalid-definition", "two of the merged Definitions have an executor")


def _may_be_same(one: Value, other: Value) -> bool:
    """Whether two values may be one object."""
    if one is other or isinstance(one, Unknown) or isinstance(other, Unknown):
        return True
    if isinstance(one, Choice) or isinstance(other, Choice):
        return True
    if isinstance(one, (Constant, External)) or isinstance(other, (Constant, External)):
        return one == other
    return not (isinstance(one, _OBJECTS) and isinstance(other, _OBJECTS))


_OBJECTS = (Record, Instance, Function)


# -- functions that make definitions


def _lazy(call: Call, bound: Bound, function: Value) -> Value:
    if isinstance(function, Function):
        _check_context(call, function)
    return LazyDefinitionsValue(function, function_place(function, call.site))


def _check_context(call: Call, function: Function) -> None:
    """Dagster passes the function its context by the annotation, and nothing else."""
    signature = signature_of(call, function, call.site)
    if signature is None or signature.lost is not None:
        return
    for index, parameter in enumerate(signature.parameters):
        annotation = parameter.annotation
        value = annotation_of(call, signature, annotation) if annotation is not None else None
        is_context = index == 0 and (
            isinstance(value, Unknown)
            or (isinstance(value, (External, Class)) and value.qualname.endswith(_CONTEXT))
        )
        if not is_context:
            message = f"`{parameter.name}`: the function takes one ComponentLoadContext, or nothing"
            call.report("invalid-definition", message, parameter.site)
            return


_CONTEXT = "LoadContext"


def _call_lazy(call: Call) -> Value:
    """What the function returns; it may take a context, of which nothing is known."""
    lazy = call.receiver
    if not isinstance(lazy, LazyDefinitionsValue):
        return call.unknown("error", "no function of definitions")
    function = lazy.function
    arguments = list(call.args)
    if lazy.takes_context and not arguments:
        arguments = [Record("dagster.ComponentLoadContext", {}, (), call.site)]
    elif isinstance(function, Function) and not lazy.takes_context:
        arguments = []
    return call.invoke(function, *arguments)


_WITH_RESOURCES = Parameters("definitions, resource_defs, resource_config_by_key=None")


def _with_resources(call: Call) -> Value:
    bound = _WITH_RESOURCES.bind(call)
    items = call.items(bound["definitions"])
    values = [with_own(item, bound["resource_defs"]) for item in items.values]
    return Sequence("list", values, list(items.losses))


_MORE_RESOURCES = Parameters("resources")


def _with_more_resources(call: Call) -> Value:
    """`Definitions.with_resources`: merged with the resources, each key once."""
    value = call.receiver
    if not isinstance(value, DefinitionsValue):
        return call.unknown("error", "no Definitions")
    resources, known = resources_of(call, _MORE_RESOURCES.bind(call))
    more = DefinitionsValue(call.site, resources=resources, resources_known=known)
    return merged([value, more], call)


def _all_specs(call: Call) -> Value:
    """Every asset's spec: `get_all_asset_specs`, `resolve_all_asset_specs`."""
    value = call.receiver
    if not isinstance(value, DefinitionsValue):
        return call.unknown("error", "no Definitions")
    specs: list[Value] = []
    for asset in value.assets:
        if isinstance(asset, AssetsValue):
            specs.extend(asset.specs)
        elif isinstance(asset, SpecValue):
            specs.append(asset)
    return Sequence("list", specs, list(value.losses))


def _all_keys(call: Call) -> Value:
    """The keys of all assets that are made here: `resolve_all_asset_keys`."""
    specs = _all_specs(call)
    if not isinstance(specs, Sequence):
        return specs
    keys = [KeyValue(spec.key) for spec in specs.items if isinstance(spec, SpecValue)]
    return Sequence("list", list(keys), specs.losses)


def _itself(call: Call) -> Value:
    return call.receiver or NONE


def _by_name(kind: str) -> Callable[[Call], Value]:
    def find(call: Call) -> Value:
        name = call.first
        for item in getattr(call.receiver, kind, ()):
            if Constant(item.name) == name:
                return item  # type: ignore[no-any-return]
        return call.unknown("unsupported", f"none of the {kind} is known by that name", name)

    return find


TABLE: dict[str, Intrinsic] = {
    "dagster.Definitions": _definitions,
    "dagster.Definitions.merge": _merge,
    "dagster.Definitions.merge_unbound_defs": _merge,
    "dagster.Definitions.with_resources": _with_more_resources,
    "dagster.Definitions.get_all_asset_specs": _all_specs,
    "dagster.Definitions.resolve_all_asset_specs": _all_specs,
    "dagster.Definitions.resolve_all_asset_keys": _all_keys,
    "dagster.Definitions.with_definition_metadata_update": _itself,
    "dagster.Definitions.get_job_def": _by_name("jobs"),
    "dagster.Definitions.resolve_job_def": _by_name("jobs"),
    "dagster.Definitions.get_schedule_def": _by_name("schedules"),
    "dagster.Definitions.resolve_schedule_def": _by_name("schedules"),
    "dagster.Definitions.get_sensor_def": _by_name("sensors"),
    "dagster.Definitions.resolve_sensor_def": _by_name("sensors"),
    **decorator("dagster.definitions", Parameters("fn=None"), "fn", _lazy),
    "dagster.LazyDefinitions.__call__": _call_lazy,
    "dagster.with_resources": _with_resources,
}
"""The intrinsics of `Definitions`."""
