"""Objects of classes of resources and IO managers, whose fields are configuration."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Class, Value
from assetgen.analyzer.intrinsics.dagster.refusals.refused_configs import check_fields_of
from assetgen.analyzer.intrinsics.python.pydantic.pydantic_models import TABLE as PYDANTIC

_construct = PYDANTIC["pydantic.BaseModel.__construct__"]


def _made(call: Call) -> Value:
    if isinstance(call.receiver, Class):
        check_fields_of(call, call.receiver, "resource")
    return _construct(call)


_CLASSES = (
    *("ConfigurableResource", "ConfigurableResourceFactory"),
    *("ConfigurableIOManager", "ConfigurableIOManagerFactory"),
)
CONSTRUCTORS: dict[str, Intrinsic] = {f"dagster.{name}.__construct__": _made for name in _CLASSES}
"""By the names of their rows."""
