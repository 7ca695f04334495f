"""dlt: sources and the resources they consist of."""

from __future__ import annotations

from typing import ClassVar, Final

from assetgen.analyzer.evaluate.bound_values import Partial
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.expressions.annotations import annotation_value
from assetgen.analyzer.evaluate.functions.yielding import yields
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    Choice,
    Constant,
    Declared,
    External,
    Function,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.functions.signature import signature_of
from assetgen.analyzer.intrinsics.dagster.plain import Doubts
from assetgen.analyzer.intrinsics.integrations.dlt_values import (
    HINTS,
    DltResourceValue,
    DltSourceValue,
)
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(slots=True, eq=False)
class _Factory(Declared):
    """A function decorated with `@dlt.source` or `@dlt.resource`, which creates one when called."""

    type_name: ClassVar[str] = "dlt.<factory>"

    function: Value
    name: Value
    bound: Bound

    def attribute(self, name: str) -> Value | None:
        return self.name if name in ("name", "__name__") else None


# -- sources

_SOURCE = Parameters(
    "func=None, /, name=None, section=None, max_table_nesting=None, root_key=None, schema=None, "
    "schema_contract=None, spec=None, parallelized=False, _impl_cls=None"
)


def _source(call: Call) -> Value:
    bound = _SOURCE.bind(call)
    function = bound["func"]
    if function == NONE:
        return Partial(External("dlt.source"), (), dict(call.kwargs))
    return _Factory(function, _name_of(call, bound["name"], function), bound)


def _make_source(call: Call) -> Value:
    """A call of a source function: what it returns or yields are its resources."""
    factory = call.receiver
    if not isinstance(factory, _Factory):
        return call.unknown("unsupported", "which dlt source is made")
    name = Doubts().text(factory.name)
    if name is None:
        return call.unknown("unsupported", "the name of a dlt source", factory.name)
    given = call.passed_to(factory.function)
    found: list[DltResourceValue] = []
    losses: list[Unknown] = []
    _collect(call, given, name, found, losses)
    return DltSourceValue(name, tuple(found), tuple(losses))


def _collect(
    call: Call,
    value: Value,
    source: str,
    found: list[DltResourceValue],
    losses: list[Unknown],
) -> None:
    resource = _as_resource(call, value)
    if isinstance(resource, DltResourceValue):
        found.append(replace(resource, source_name=source))
    elif isinstance(value, DltSourceValue):
        found.extend(replace(one, source_name=source) for one in value.resources)
        losses.extend(value.losses)
    elif isinstance(value, (Unknown, Choice)):
        losses.append(call.unknown("external", f"the resources of dlt source {source}", value))
    elif value != NONE:
        items = call.items(value)
        losses.extend(items.losses)
        for item in items.values:
            _collect(call, item, source, found, losses)


def _as_resource(call: Call, value: Value) -> DltResourceValue | None:
    if isinstance(value, DltResourceValue):
        return value
    if isinstance(value, Function):
        return DltResourceValue(value.name, Constant(value.name), description=_doc(call, value))
    return None


def _with_resources(call: Call) -> Value:
    source = call.receiver
    names = [Doubts().text(value) for value in call.args]
    if not isinstance(source, DltSourceValue) or None in names or call.losses:
        return call.unknown("unsupported", "which resources are chosen", *call.args)
    chosen = tuple(replace(one, is_selected=one.name in names) for one in source.resources)
    return replace(source, resources=chosen)


def _same(call: Call) -> Value:
    """Methods that change what is loaded, but not which resources there are."""
    return call.receiver if call.receiver is not None else NONE


def _with_step(call: Call) -> Value:
    """Methods that add a step to a pipe: dagster-dlt describes only pipes of one step."""
    if isinstance(call.receiver, DltResourceValue):
        return replace(call.receiver, description=None)
    return _same(call)


_CLONE = Parameters("name=None, **kwargs")


def _clone(call: Call) -> Value:
    source, name = call.receiver, Doubts().text(_CLONE.bind(call)["name"])
    if isinstance(source, DltSourceValue) and name:
        renamed = tuple(replace(one, source_name=name) for one in source.resources)
        return replace(source, name=name, resources=renamed)
    if isinstance(source, _Factory):
        given = call.kwargs.get("name")
        return replace(source, name=given) if given is not None else source
    return _same(call)


def _library_source(call: Call) -> Value:
    """`sql_database.with_args(name=...)`: one of dlt's own sources under a given name."""
    row = call.name.rpartition(".")[0]
    bound = _CLONE.bind(call)
    name = bound["name"] if bound["name"] != NONE else Constant(row.rpartition(".")[2])
    return _Factory(External(row), name, bound)


_LIBRARY: Final = ("dlt.sources.sql_database.sql_database", "dlt.sources.rest_api.rest_api")


# -- resources

_RESOURCE = Parameters(
    "data=None, /, name=None, table_name=None, max_table_nesting=None, write_disposition=None, "
    "columns=None, primary_key=None, merge_key=None, schema_contract=None, table_format=None, "
    "file_format=None, references=None, nested_hints=None, selected=True, spec=None, "
    "parallelized=False, incremental=None, section=None, standalone=None, data_from=None, "
    "_impl_cls=None, **further"
)
_TRANSFORMER = Parameters(
    "f=None, /, data_from=None, name=None, table_name=None, max_table_nesting=None, "
    "write_disposition=None, columns=None, primary_key=None, merge_key=None, "
    "schema_contract=None, table_format=None, file_format=None, references=None, "
    "nested_hints=None, selected=True, spec=None, parallelized=False, section=None, "
    "standalone=None, _impl_cls=None, **further"
)


def _resource(call: Call) -> Value:
    return _made(call, _RESOURCE.bind(call), "data", False)


def _transformer(call: Call) -> Value:
    return _made(call, _TRANSFORMER.bind(call), "f", True)


def _made(call: Call, bound: Bound, parameter: str, is_transformer: bool) -> Value:
    data = bound[parameter]
    if data == NONE:
        return Partial(External(call.name), (), dict(call.kwargs))
    name = Doubts().text(_name_of(call, bound["name"], data))
    if name is None:
        return call.unknown("unsupported", "the name of a dlt resource", bound["name"], data)
    table = bound["table_name"]
    parent = bound["data_from"]
    parent_resource = _as_resource(call, parent) if parent != NONE else None
    return DltResourceValue(
        name,
        table if table != NONE else Constant(name),
        description=_doc(call, data),
        parent=_root(parent_resource) if parent_resource is not None else None,
        is_transformer=is_transformer,
        is_selected=bound["selected"] != FALSE,
        hints={key: bound[key] for key in HINTS if key in bound},
        maker=None if is_transformer else _maker(call, data),
    )


def _maker(call: Call, data: Value) -> Function | None:
    """The function, if dlt calls it as soon as its arguments are bound: its annotation says that
    it gives a resource, and not as a string, which dlt does not look up."""
    annotation = getattr(data.node, "returns", None) if isinstance(data, Function) else None
    if not isinstance(data, Function) or annotation is None or yields(data):
        return None
    stands_for = annotation_value(call.machine, data, annotation)
    is_resource = isinstance(stands_for, External) and stands_for.qualname in _RESOURCE_CLASSES
    return data if is_resource else None


_RESOURCE_CLASSES: Final = tuple(
    f"dlt.{place}.DltResource" for place in ("sources", "extract", "extract.resource")
)


def _root(resource: DltResourceValue) -> str:
    return resource.parent or resource.name


def _bind_resource(call: Call) -> Value:
    """A call of a resource, which binds its arguments."""
    resource = call.receiver
    if not isinstance(resource, DltResourceValue) or resource.maker is None:
        return _same(call)
    made = call.passed_to(resource.maker)
    if isinstance(made, (Unknown, Choice)):
        return call.unknown("external", f"the resource that `{resource.name}` gives", made)
    return made if isinstance(made, DltResourceValue) else replace(resource, maker=None)


_RENAME = Parameters("new_name")


def _with_name(call: Call) -> Value:
    resource, name = call.receiver, Doubts().text(_RENAME.bind(call)["new_name"])
    if not isinstance(resource, DltResourceValue) or name is None:
        return call.unknown("unsupported", "the name of a dlt resource", *call.args)
    table = resource.table_name
    follows = isinstance(table, Constant) and table.value == resource.name
    return replace(
        resource,
        name=name,
        table_name=Constant(name) if follows else table,
        parent=f"{resource.parent}_{name}" if resource.parent is not None else None,
    )


def _set_on_resource(call: Call) -> Value:
    """`resource.labels = ...`: further data that a project keeps in a resource."""
    resource, name = call.receiver, Doubts().text(call.args[0])
    if isinstance(resource, DltResourceValue) and name is not None:
        call.machine.write(resource.hints, name, call.args[1])
    return NONE


def _hints(call: Call) -> Value:
    """`apply_hints`: changes the resource in place."""
    resource = call.receiver
    if isinstance(resource, DltResourceValue) and "table_name" in call.kwargs:
        resource.table_name = call.kwargs["table_name"]
    return _same(call)


def _pipe(call: Call) -> Value:
    """`resource | transformer`: the transformer, with the resource as its input."""
    left = call.receiver
    right = call.first
    feeding, fed = (left, right)
    resource = _as_resource(call, fed)
    if not isinstance(feeding, DltResourceValue) or resource is None:
        return call.unknown("unsupported", "the pipe of dlt resources", *call.args)
    name = resource.name
    description = resource.description if isinstance(fed, DltResourceValue) else None
    return replace(
        resource,
        name=name,
        parent=_root(feeding),
        is_transformer=True,
        description=description,
    )


def _name_of(call: Call, given: Value, function: Value) -> Value:
    if given != NONE and not isinstance(given, Function):
        return given
    if isinstance(function, Function) and not isinstance(given, Function):
        return Constant(function.name)
    return call.unknown("unsupported", "a name that a function gives")


def _doc(call: Call, value: Value) -> str | None:
    if not isinstance(value, Function):
        return None
    try:
        signature = signature_of(call, value, call.site)
    except Raised:
        return None
    return signature.doc if signature is not None else None


TABLE: dict[str, Intrinsic] = {
    "dlt.source": _source,
    "dlt.<factory>.__call__": _make_source,
    "dlt.<factory>.clone": _clone,
    "dlt.<factory>.with_args": _clone,
    "dlt.resource": _resource,
    "dlt.transformer": _transformer,
    "dlt.DltResource.__call__": _bind_resource,
    "dlt.DltResource.with_name": _with_name,
    "dlt.DltResource.apply_hints": _hints,
    "dlt.DltResource.__setattr__": _set_on_resource,
    "dlt.DltResource.__or__": _pipe,
    **{
        f"dlt.DltResource.{name}": _with_step
        for name in ("add_map", "add_filter", "add_limit", "add_yield_map", "add_step")
    },
    "dlt.DltResource.bind": _bind_resource,
    **{f"dlt.DltResource.{name}": _same for name in ("parallelize", "select_tables")},
    **{f"dlt.DltSource.{name}": _same for name in ("add_limit", "parallelize", "drop_resources")},
    "dlt.DltSource.with_resources": _with_resources,
    "dlt.DltSource.clone": _clone,
    **{
        f"{name}.{method}": _library_source
        for name in _LIBRARY
        for method in ("with_args", "clone")
    },
}
"""The intrinsics of dlt."""
