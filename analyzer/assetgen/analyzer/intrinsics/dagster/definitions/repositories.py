"""`@repository`, and what makes one from the arguments of `Definitions`."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Function, Iterator_, Mapping, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.collecting import collect
from assetgen.analyzer.intrinsics.dagster.declared.definitions import DefinitionsValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, ScheduleValue, SensorValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.definitions.definitions import (
    ASSET_TYPES,
    by_key,
    held,
)
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.signature import signature_of
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.places import function_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.model.copies import replace

_REPOSITORY_ARGUMENTS = Parameters(
    "name, assets=None, schedules=None, sensors=None, jobs=None, resources=None, executor=None, "
    "loggers=None, asset_checks=None, metadata=None, component_tree=None"
)


def _of_arguments(call: Call) -> Value:
    """`create_repository_using_definitions_args`: a repository by the same arguments."""
    bound = _REPOSITORY_ARGUMENTS.bind(call)
    return replace(held(call, bound), name=Doubts().text(bound["name"]))


_REPOSITORY = Parameters(
    "definitions_fn=None, *, name=None, description=None, metadata=None, "
    "default_executor_def=None, default_logger_defs=None, _top_level_resources=None"
)


def _repository(call: Call, bound: Bound, function: Value) -> Value:
    """`@repository`: its function returns a list of definitions, possibly nested, or a dictionary
    of jobs, schedules and sensors by name."""
    signature = signature_of(call, function, call.site)
    if signature is not None and signature.parameters:
        place = signature.parameters[0].site
        call.report("invalid-definition", "the function of a repository takes nothing", place)
        return call.unknown("told", "the function of a repository takes nothing")
    returned = call.invoke(function)
    _check_returned(call, function, returned)
    name = bound.plain("name")
    if not isinstance(name, str):
        name = (signature.name if signature is not None else None) or "repository"
    flat = _flattened(call, returned)
    types = (*ASSET_TYPES, JobValue, ScheduleValue, SensorValue, GraphValue)
    collected = collect(call, Sequence("list", flat), types, "asset", call.site)
    members = collected.members
    return DefinitionsValue(
        site=function_place(function, call.site),
        assets=tuple(item for item in members if isinstance(item, ASSET_TYPES)),
        jobs=tuple(
            _job(item) if isinstance(item, GraphValue) else item
            for item in members
            if isinstance(item, (JobValue, GraphValue))
        ),
        schedules=tuple(item for item in members if isinstance(item, ScheduleValue)),
        sensors=tuple(item for item in members if isinstance(item, SensorValue)),
        loggers=by_key(bound["default_logger_defs"], call.site),
        executor=executor if is_given(executor := bound["default_executor_def"]) else None,
        losses=tuple(collected.losses),
        name=name,
    )


def _check_returned(call: Call, function: Value, returned: Value) -> None:
    """Report what Dagster does not accept as a repository, apart from the elements of a list."""
    place = function_place(function, call.site)
    if isinstance(returned, Iterator_) or (
        isinstance(returned, Sequence) and returned.kind not in ("list", "deque")
    ):
        what = "a generator" if isinstance(returned, Iterator_) else f"a {returned.kind}"
        message = f"a repository's function returns a list or a dictionary, not {what}"
        call.report("wrong-type", message, place)
    elif isinstance(returned, Mapping):
        for name, part in returned.text_entries():
            if name not in _KINDS:
                message = f"`{name}` is nothing a repository has: those are {', '.join(_KINDS)}"
                call.report("wrong-type", message, place)
            elif isinstance(part, Sequence):
                message = f"the {name} of a repository are a dictionary by name, not a list"
                call.report("wrong-type", message, place)
    elif isinstance(returned, Sequence) and any(
        isinstance(item, SpecValue) for item in returned.items
    ):
        message = "a repository takes no AssetSpecs: Definitions do"
        call.report("wrong-object-in-assets", message, place)


_KINDS = ("jobs", "schedules", "sensors")


def _job(graph: GraphValue) -> JobValue:
    return JobValue(graph.name, graph.site, graph=graph, description=graph.description)


def _flattened(call: Call, value: Value) -> list[Value]:
    if isinstance(value, Sequence):
        nested = [item for inner in value.items for item in _flattened(call, inner)]
        return [*nested, *value.losses]
    if isinstance(value, Mapping):
        return [item for _, part in value.text_entries() for item in _by_name(call, part)] + list(
            value.losses
        )
    return [value]


def _by_name(call: Call, part: Value) -> list[Value]:
    """Definitions of one kind by their names; functions without parameters make them on demand."""
    if not isinstance(part, Mapping):
        return _flattened(call, part)
    made = (
        call.invoke(value) if isinstance(value, Function) else value
        for _, value in part.text_entries()
    )
    return [*made, *part.losses]


TABLE: dict[str, Intrinsic] = {
    **decorator("dagster.repository", _REPOSITORY, "definitions_fn", _repository),
    "dagster.create_repository_using_definitions_args": _of_arguments,
}
"""The intrinsics of repositories."""
