"""`env` in a template: `{{ env.X }}` and `{{ env("X", "default") }}`."""

from __future__ import annotations

from typing import ClassVar

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Declared, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.system.environment import variable
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(slots=True, eq=False)
class EnvironmentScope(Declared):
    """The environment as templates see it."""

    type_name: ClassVar[str] = "dagster.EnvScope"


_VARIABLE = Parameters("key, default=...")


def _variable(call: Call) -> Value:
    bound = _VARIABLE.bind(call)
    name = bound["key"]
    if not isinstance(name, Constant) or not isinstance(name.value, str):
        return call.unknown("environment", "the name of the variable is not known", name)
    return variable(call, name.value, bound.get("default"))


_ATTRIBUTE = Parameters("name")


def _attribute(call: Call) -> Value:
    name = _ATTRIBUTE.bind(call).plain("name")
    return variable(call, str(name), None)


TABLE: dict[str, Intrinsic] = {
    "dagster.EnvScope.__call__": _variable,
    "dagster.EnvScope.__getattr__": _attribute,
}
"""The intrinsics of the environment in templates."""
