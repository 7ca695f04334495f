"""Signatures as text: `str(inspect.signature(f))`."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    External,
    Parameterised,
    Value,
)
from assetgen.analyzer.intrinsics.python.inspection.signatures import EMPTY, Parameter, Signature
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.intrinsics.python.texts.formatting import Lost, repr_of

_FACTORY: Final = External("dataclasses._HAS_DEFAULT_FACTORY")


def _text(call: Call, signature: Signature) -> Value:
    try:
        return Constant(_written(call, signature))
    except Lost as error:
        return lost(call, error.value)


def _text_of_parameter(call: Call, parameter: Parameter) -> Value:
    try:
        return Constant(_parameter(call, parameter))
    except Lost as error:
        return lost(call, error.value)


def _written(call: Call, signature: Signature) -> str:
    parts: list[str] = []
    is_positional_only = False
    needs_star = True
    for each in signature.parameters:
        if is_positional_only and each.kind.name != "POSITIONAL_ONLY":
            parts.append("/")
        is_positional_only = each.kind.name == "POSITIONAL_ONLY"
        if each.kind.name == "VAR_POSITIONAL":
            needs_star = False
        elif each.kind.name == "KEYWORD_ONLY" and needs_star:
            parts.append("*")
            needs_star = False
        parts.append(_parameter(call, each))
    if is_positional_only:
        parts.append("/")
    returned = "" if signature.returns == EMPTY else f" -> {_annotation(signature.returns)}"
    return f"({', '.join(parts)}){returned}"


def _parameter(call: Call, each: Parameter) -> str:
    stars = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}.get(each.kind.name, "")
    text = f"{stars}{each.name}"
    is_annotated = each.annotation != EMPTY
    if is_annotated:
        text += f": {_annotation(each.annotation)}"
    if each.default == EMPTY:
        return text
    default = "<factory>" if each.default == _FACTORY else None
    default = default or repr_of(call.machine, each.default, call.site)
    return f"{text} = {default}" if is_annotated else f"{text}={default}"


def _annotation(value: Value) -> str:
    if isinstance(value, Parameterised) and _are_plain(value.arguments):
        return f"{_short(value.qualname)}[{ast.unparse(value.arguments)}]"
    if isinstance(value, Parameterised):
        raise Lost(value)
    if isinstance(value, External):
        return _short(value.qualname)
    if isinstance(value, Class):
        return f"{value.module.name}.{value.qualname}"
    if isinstance(value, Constant):
        return repr(value.value)
    raise Lost(value)


def _short(name: str) -> str:
    return name.removeprefix("builtins.").removeprefix("typing.")


def _are_plain(arguments: ast.expr) -> bool:
    each = arguments.elts if isinstance(arguments, ast.Tuple) else [arguments]
    return all(isinstance(one, ast.Name) and hasattr(builtins, one.id) for one in each)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "inspect.Parameter.__str__": method(Parameter, _text_of_parameter),
    "inspect.Signature.__str__": method(Signature, _text),
}
