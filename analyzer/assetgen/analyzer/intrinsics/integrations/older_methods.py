"""The translators' way to ask the older methods that a project may override."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import Constant, Instance, Value
from assetgen.analyzer.intrinsics.arguments import Parameters

_RESOLVE = Parameters("method_name, default_fn, *args")


def resolved_method(call: Call) -> Value:
    """`_resolve_back_compat_method`: the project's own method if it has one, else the default."""
    bound = _RESOLVE.bind(call)
    name, receiver = bound["method_name"], call.receiver
    if not isinstance(name, Constant) or not isinstance(name.value, str):
        return call.unknown("unsupported", "which method of the translator is asked", name)
    function = bound["default_fn"]
    if isinstance(receiver, Instance) and call.machine.find_own(receiver, name.value):
        function = call.get_attribute(receiver, name.value)
    return call.invoke(function, *bound.star)
