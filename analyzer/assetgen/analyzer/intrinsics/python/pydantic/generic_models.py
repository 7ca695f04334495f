"""Generic models with their parameters: `Box[int]`."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    External,
    Parameterised,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.python.classes.fields import last_name
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.model.copies import replace


def _with_parameters(call: Call) -> Value:
    """The model, with its type variables replaced by the given parameters."""
    cls, given = call.receiver, call.args[0] if call.args else None
    if not isinstance(cls, Class) or given is None:
        return lost(call)
    names = _parameters(cls)
    is_several = isinstance(given, Sequence) and given.kind == "tuple"
    values = list(given.items) if isinstance(given, Sequence) and is_several else [given]
    if len(names) != len(values):
        return cls
    shown = [_shown(value) for value in values]
    title = ", ".join(each for each in shown if each is not None)
    name = f"{cls.name}[{title}]" if None not in shown else cls.name
    made = replace(cls, name=name, qualname=name, namespace={**cls.namespace})
    made.namespace.update(zip(names, values, strict=True))
    made.mro = (made, *cls.mro)
    made.bases = (cls,)
    return made


def _parameters(cls: Class) -> list[str]:
    """The type variables that the class statement names."""
    for base in cls.node.bases:
        if isinstance(base, ast.Subscript) and last_name(base.value) == "Generic":
            inner = base.slice.elts if isinstance(base.slice, ast.Tuple) else [base.slice]
            return [each.id for each in inner if isinstance(each, ast.Name)]
    return [each.name for each in getattr(cls.node, "type_params", [])]


def _shown(value: Value) -> str | None:
    if isinstance(value, Parameterised):
        name = value.qualname.removeprefix("builtins.").removeprefix("typing.")
        return f"{name}[{ast.unparse(value.arguments)}]"
    if isinstance(value, External):
        return value.qualname.rpartition(".")[2]
    if isinstance(value, Constant):
        return "NoneType" if value.value is None else None
    return value.name if isinstance(value, Class) else None


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pydantic.BaseModel.__class_getitem__": _with_parameters,
}
