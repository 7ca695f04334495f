"""The definitions that components build, however these were made."""

from __future__ import annotations

from assetgen.analyzer.evaluate.bound_values import BoundMethod, KnownMethod
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    External,
    Function,
    Instance,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.evaluate.values import Mapping as MappingValue
from assetgen.analyzer.intrinsics.components.executables import KnownComponent
from assetgen.analyzer.intrinsics.components.load_contexts import LoadContext
from assetgen.analyzer.intrinsics.dagster.declared.definitions import (
    DefinitionsValue,
)
from assetgen.analyzer.intrinsics.dagster.definitions.alternatives import alternatives, settled
from assetgen.analyzer.intrinsics.dagster.definitions.definitions import merge, merged
from assetgen.analyzer.intrinsics.dagster.plain import shown, why
from assetgen.analyzer.model.copies import replace


def build(
    call: Call, component: Value, context: LoadContext, name: str, place: Site
) -> DefinitionsValue:
    """The definitions that a component builds; `name` and `place` are for the report if they are
    not known."""

    found, others = alternatives(
        call.machine,
        _built(call, component, context),
        lambda each: settled(call.machine, each, [context], call.site),
    )
    lost = [_lost(call, name, other, place) for other in others]
    return merged([found, *lost] if found is not None else lost, call)


def _built(call: Call, component: Value, context: LoadContext) -> Value:
    if isinstance(component, KnownComponent):
        row = f"{component.qualname}.build_defs"
        if not call.machine.knows(row):
            name = component.qualname
            message = _FETCHED if name in _OF_SERVICES else f"{name} is not followed"
            return call.machine.unknown("external", message, call.site)
        return call.machine.call(KnownMethod(row, component), [context], {}, component.site)
    if not isinstance(component, Instance):
        return component
    if not _STATE_BACKED.isdisjoint(component.cls.mro):
        return call.machine.unknown("external", _FETCHED, call.site)
    if classes.lookup(component.cls, "build_defs") is None and _is_known(call, component.cls):
        message = f"{component.cls.name} has no method build_defs, which it needs"
        raise Raised("builtins.TypeError", message)
    method = call.get_attribute(component, "build_defs")
    if isinstance(method, Unknown):
        return method
    if _takes_nothing(method):
        message = f"{component.cls.name}.build_defs() takes no context, and gets one"
        raise Raised("builtins.TypeError", message)
    if isinstance(method, (BoundMethod, KnownMethod)):
        return call.invoke(method, context)
    return call.machine.unknown("unsupported", "it has no method build_defs", call.site)


def _is_known(call: Call, cls: Class) -> bool:
    """Whether a class inherits from nothing but the project and the base of all components."""
    canonical = call.machine.intrinsics.canonical
    return all(
        isinstance(base, Class)
        or (isinstance(base, External) and canonical(base.qualname) in _BARE)
        for base in cls.mro
    )


_BARE = frozenset(
    (
        *("dagster.Component", "dagster.Resolvable", "dagster.Model", "pydantic.BaseModel"),
        *("builtins.object", "abc.ABC", "typing.Generic"),
    )
)


def _takes_nothing(method: Value) -> bool:
    function = method.function if isinstance(method, BoundMethod) else None
    if not isinstance(function, Function) or function.decorated is not None:
        return False
    taken = function.node.args
    return len(taken.posonlyargs) + len(taken.args) == 1 and taken.vararg is None


_FETCHED = "what it defines is fetched at run time"
_OF_SERVICES = frozenset(
    {
        "dagster_airbyte.AirbyteCloudWorkspaceComponent",
        "dagster_airbyte.AirbyteWorkspaceComponent",
        "dagster_census.CensusComponent",
        "dagster_databricks.DatabricksWorkspaceComponent",
        "dagster_dbt.DbtCloudComponent",
        "dagster_fivetran.FivetranAccountComponent",
        "dagster_looker.LookerComponent",
        "dagster_omni.OmniComponent",
        "dagster_powerbi.PowerBIWorkspaceComponent",
        "dagster_sigma.SigmaComponent",
        "dagster_tableau.TableauComponent",
    }
)
"""Components that ask a service which assets exist."""
_STATE_BACKED = frozenset(
    External(name) for name in ("dagster.StateBackedComponent", *sorted(_OF_SERVICES))
)


def _lost(call: Call, name: str, value: Value, place: Site) -> DefinitionsValue:
    unknown = value
    if isinstance(value, (Constant, Sequence, MappingValue)):
        message = f"the component `{name}` builds {shown(value)}, which is not a Definitions"
        call.report("invalid-definition", message, place)
        unknown = call.machine.unknown("told", message, place)
    elif not isinstance(unknown, Unknown):
        unknown = call.machine.unknown("unsupported", "it does not build Definitions", place)
    message = f"what the component `{name}` defines is not known: {why(unknown)}"
    if unknown.root().reason != "told":
        call.report("unresolved-asset", message, place)
    told = call.machine.unknown("told", message, place, unknown)
    return replace(merge([], call), losses=(told,), resources_known=False)
