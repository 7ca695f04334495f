"""Configurations and resources, whose fields cannot be set once they are made."""

from __future__ import annotations

from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.descriptors import set_own
from assetgen.analyzer.evaluate.values import NONE, Class, Constant, External, Instance, Value


def _set(call: Call) -> Value:
    made, (named, new) = call.receiver, call.args
    if not isinstance(made, Instance) or not isinstance(named, Constant):
        return NONE
    name = str(named.value)
    if not name.startswith("_") and _is_frozen(made.cls):
        message = f"{made.cls.name} is frozen: `{name}` cannot be set"
        raise Raised("dagster.DagsterInvalidInvocationError", message)
    set_own(call.machine, made, name, new, call.site)
    return NONE


def _is_frozen(cls: Class) -> bool:
    """Whether it certainly is: no class says otherwise, and all bases up to Dagster's are known."""
    for base in cls.mro:
        if isinstance(base, Class):
            if base.decorations or not _SAYING.isdisjoint(base.namespace):
                return False
        elif not isinstance(base, External) or base.qualname not in _KNOWN:
            return False
    return True


_SAYING: Final = frozenset(("Config", "model_config", "__setattr__"))
_FROZEN: Final = tuple(
    f"dagster.{name}"
    for name in (
        *("Config", "PermissiveConfig", "ConfigurableResource", "ConfigurableIOManager"),
        "ConfigurableIOManagerFactory",
    )
)
_KNOWN: Final = frozenset(
    (*_FROZEN, "builtins.object", "abc.ABC", "typing.Generic", "pydantic.BaseModel")
)

TABLE: dict[str, Intrinsic] = {f"{name}.__set_on__": _set for name in _FROZEN}
"""The intrinsics of what is set on configurations and resources."""
