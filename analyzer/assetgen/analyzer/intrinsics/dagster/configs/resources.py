"""`@resource`, `@io_manager` and `@input_manager`: functions that make resources."""

from __future__ import annotations

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Partial
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Class, Function, Value
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.resources import ResourceValue
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.signature import signature_of
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.places import function_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.model.copies import replace

_RESOURCE = "config_schema=None, description=None, required_resource_keys=None, version=None"
_MANAGER = (
    "config_schema=None, description=None, output_config_schema=None, input_config_schema=None, "
    "required_resource_keys=None, version=None"
)
_LOADER = (
    "config_schema=None, description=None, input_config_schema=None, "
    "required_resource_keys=None, version=None"
)


def _made(call: Call, bound: Bound, function: Value) -> Value:
    kind = call.name.removeprefix("dagster.")
    if kind == "resource":
        _check_parameters(call, function)
    schema = bound["config_schema"]
    return ResourceValue(
        kind,
        function,
        function_place(function, call.site),
        Doubts().texts(call, bound["required_resource_keys"]),
        schema if is_given(schema) and schema is not function else None,
    )


def _check_parameters(call: Call, function: Value) -> None:
    """Dagster passes a resource function its context, and nothing else."""
    if not isinstance(function, Function):
        return
    signature = signature_of(call, function, call.site)
    if signature is None or signature.lost is not None:
        return
    needed = [
        parameter
        for parameter in signature.parameters[1:]
        if parameter.kind in ("positional", "either", "keyword") and not parameter.has_default
    ]
    if needed:
        message = f"a function of resources takes its context alone, not `{needed[0].name}` as well"
        call.report("invalid-definition", message, needed[0].site)


def _rows(name: str, parameters: str) -> dict[str, Intrinsic]:
    """The rows of a decorator whose first parameter is either the function or a schema."""
    rows = decorator(name, Parameters(parameters), None, _made)
    waiting = rows[name]
    bare = Parameters(parameters)

    def called(call: Call) -> Value:
        function = call.first
        if isinstance(function, (Function, BoundMethod, Partial)) or _makes_managers(call):
            return _made(call, bare.bind(call), function)
        return waiting(call)

    return {**rows, name: called}


def _makes_managers(call: Call) -> bool:
    """A class may be called for an IO manager; in other cases it may as well be the type of a
    field."""
    return call.name != "dagster.resource" and bool(call.args) and isinstance(call.args[0], Class)


def _called(call: Call) -> Value:
    """The result of calling the function itself."""
    made = call.receiver
    if not isinstance(made, ResourceValue):
        return call.unknown("error", "no resource")
    signature = signature_of(call, made.function, call.site)
    if signature is not None and not signature.parameters and signature.lost is None:
        return call.invoke(made.function)  # it wants no context
    return call.invoke(made.function, *list(call.args), **dict(call.kwargs))


def _configured(call: Call) -> Value:
    """The same resource with its configuration; what may still be given is not known."""
    made = call.receiver
    if not isinstance(made, ResourceValue):
        return call.unknown("error", "no resource")
    return replace(made, schema=None)


TABLE: dict[str, Intrinsic] = {
    **_rows("dagster.resource", _RESOURCE),
    **_rows("dagster.io_manager", _MANAGER),
    **_rows("dagster.input_manager", _LOADER),
    "dagster.ResourceDefinition.__call__": _called,
    "dagster.ResourceDefinition.configured": _configured,
}
"""The intrinsics of functions that make resources."""
