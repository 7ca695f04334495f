"""Objects of the classes that configuration, resources and IO managers are derived from: models of
pydantic, whose fields are configuration."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Class, Value
from assetgen.analyzer.intrinsics.dagster.functions.refused_configs import check_fields_of
from assetgen.analyzer.intrinsics.python.pydantic.given_fields import CONFIG_CLASSES
from assetgen.analyzer.intrinsics.python.pydantic.model_dumps import TABLE as DUMPS
from assetgen.analyzer.intrinsics.python.pydantic.pydantic_models import TABLE as PYDANTIC

_MODEL = "pydantic.BaseModel."


def rows_of_models(name: str) -> dict[str, Intrinsic]:
    """What pydantic gives to a class derived from its models, as rows of the class."""
    rows = {**PYDANTIC, **DUMPS}
    of_models = (row for row in rows if row.startswith(_MODEL))
    return {f"{name}.{row.removeprefix(_MODEL)}": rows[row] for row in of_models}


def _made(call: Call) -> Value:
    if isinstance(call.receiver, Class):
        check_fields_of(call, call.receiver, "resource")
    return PYDANTIC[f"{_MODEL}__construct__"](call)


_RESOURCES = (
    *("ConfigurableResource", "ConfigurableResourceFactory"),
    *("ConfigurableIOManager", "ConfigurableIOManagerFactory"),
)
TABLE: dict[str, Intrinsic] = {
    **{name: row for each in CONFIG_CLASSES for name, row in rows_of_models(each).items()},
    **{f"dagster.{name}.__construct__": _made for name in _RESOURCES},
}
"""By the names of the classes and methods."""
