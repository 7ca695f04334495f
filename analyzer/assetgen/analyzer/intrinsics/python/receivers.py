"""Rows that are methods: the receiver is bound, or the first argument of a call on the class."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Instance, Value
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.model.copies import replace

T = TypeVar("T", bound=Value)


def method(cls: type[T], function: Callable[[Call, T], Value]) -> Intrinsic:
    """The row of a method of values of type `cls`: `function(call, receiver)`."""

    def intrinsic(call: Call) -> Value:
        if call.receiver is None and call.args:
            call = replace(call, receiver=call.args[0], args=call.args[1:])
        if isinstance(call.receiver, Instance) and call.receiver.content is not None:
            call = replace(call, receiver=call.receiver.content)
        if not isinstance(call.receiver, cls):
            return lost(call, *([] if call.receiver is None else [call.receiver]))
        return function(call, call.receiver)

    return intrinsic
