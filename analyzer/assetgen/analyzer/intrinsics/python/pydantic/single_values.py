"""Values that pydantic handles without a model of several fields: `RootModel`, `TypeAdapter`."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    External,
    Instance,
    Record,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.classes.fields import last_name, own_fields
from assetgen.analyzer.intrinsics.python.plain import each_option, lost
from assetgen.analyzer.intrinsics.python.pydantic.coercion import as_annotated, as_type, enclosing


def _root(call: Call) -> Value:
    """A model that consists of one value: the value it is created from."""
    cls = call.receiver
    if not isinstance(cls, Class) or call.losses:
        return lost(call, *call.losses)
    given = [*call.values]
    value = given[0] if given else cls.namespace.get("root", lost(call))
    for base in cls.mro if given else ():
        annotation = _annotation_of_root(base) if isinstance(base, Class) else None
        if isinstance(base, Class) and annotation is not None:
            value = as_annotated(call, annotation, value, enclosing(base))
    return Instance(cls, {"root": value}, call.args, call.kwargs, call.site)


def _annotation_of_root(cls: Class) -> ast.expr | None:
    """`T` of `class Items(RootModel[T])`, or of `root: T` in its body."""
    own = own_fields(cls).get("root")
    if own is not None:
        return own.annotation
    bases = [base for base in cls.node.bases if isinstance(base, ast.Subscript)]
    return next((base.slice for base in bases if last_name(base.value) == "RootModel"), None)


def _root_value(call: Call) -> Value:
    found = call.receiver.attributes.get("root") if isinstance(call.receiver, Instance) else None
    return found or lost(call)


def _adapter(call: Call) -> Value:
    return Record("pydantic.TypeAdapter", {"type": call.args[0]}) if call.args else lost(call)


def _adapted(call: Call) -> Value:
    """The value that a `TypeAdapter` returns for a Python value."""
    adapter, value = call.receiver, call.first
    if not isinstance(adapter, Record) or isinstance(value, Unknown):
        return lost(call, value)
    return as_type(call, adapter.fields["type"], value)


def _adapted_json(call: Call) -> Value:
    given = call.args[:1] or (call.kwargs.get("json_data", NONE),)
    data = call.invoke(External("json.loads"), *given)
    return _adapted(Call(call.machine, call.name, (data,), {}, call.site, call.receiver))


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pydantic.RootModel.__construct__": _root,
    "pydantic.RootModel.model_dump": _root_value,
    "pydantic.RootModel.model_validate": _root,
    "pydantic.TypeAdapter": each_option(_adapter),
    "pydantic.TypeAdapter.validate_json": each_option(_adapted_json),
    "pydantic.TypeAdapter.validate_python": each_option(_adapted),
}
