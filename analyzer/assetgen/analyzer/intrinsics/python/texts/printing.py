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
        call.machine.find_attribute(target, "write", call.site)
        if isinstance(target, (Declared, Instance))
        else None
    )
    if write is not None and not isinstance(write, Unknown):
        call.machine.call(write, [_printed(call)], {}, call.site)
    return NONE


def _printed(call: Call) -> Value:
    separator = call.kwargs.get("sep", NONE)
    end = call.kwargs.get("end", NONE)
    show = External("builtins.str")
    shown = [call.machine.call(show, [value], {}, call.site) for value in call.args]
    join = call.machine.find_attribute(
        Constant(" ") if separator == NONE else separator, "join", call.site
    )
    if join is None:
        return lost(call, separator)
    line = call.machine.call(join, [Sequence("list", shown, list(call.losses))], {}, call.site)
    return call.machine.binary(ast.Add, line, Constant("\n") if end == NONE else end, call.site)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {"builtins.print": _print}
