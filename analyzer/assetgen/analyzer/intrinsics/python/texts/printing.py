"""`print`."""

from __future__ import annotations

import ast
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    External,
    Instance,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.plain import lost


def _print(call: Call) -> Value:
    """`print`: no effect, unless it writes to an object of the code."""
    target = call.kwargs.get("file", NONE)
    if target == NONE and call.machine.outputs:
        target = call.machine.outputs[-1]
    write = (
        call.find_attribute(target, "write") if isinstance(target, (Declared, Instance)) else None
    )
    if write is not None and not isinstance(write, Unknown):
        call.invoke(write, _printed(call))
    return NONE


def _printed(call: Call) -> Value:
    separator = call.kwargs.get("sep", NONE)
    end = call.kwargs.get("end", NONE)
    show = External("builtins.str")
    shown = [call.invoke(show, value) for value in call.args]
    join = call.find_attribute(Constant(" ") if separator == NONE else separator, "join")
    if join is None:
        return lost(call, separator)
    line = call.invoke(join, Sequence("list", shown, list(call.losses)))
    return call.binary(ast.Add, line, Constant("\n") if end == NONE else end)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {"builtins.print": _print}
