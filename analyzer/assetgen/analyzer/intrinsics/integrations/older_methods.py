"""The translators' way to ask the older methods that a project may override."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import Constant, Value
from assetgen.analyzer.intrinsics.arguments import Parameters

_RESOLVE = Parameters("method_name, default_fn, *args")


def resolved_method(call: Call) -> Value:
    """`_resolve_back_compat_method`: the project's own method if it has one, else the default."""
    bound = _RESOLVE.bind(call)
    name, receiver = bound["method_name"], call.receiver
    if not isinstance(name, Constant) or not isinstance(name.value, str):
        return call.unknown("unsupported", "which method of the translator is asked", name)
    own = call.own_method(receiver, name.value) if receiver is not None else None
    return call.invoke(own or bound["default_fn"], *bound.star)
