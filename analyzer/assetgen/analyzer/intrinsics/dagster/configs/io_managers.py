"""What Dagster accepts as an IO manager."""

from __future__ import annotations

from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    External,
    Function,
    Instance,
    Mapping,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.declared.resources import ResourceValue


def is_no_manager(value: Value) -> bool:
    """Whether Dagster certainly does not accept a resource as an IO manager."""
    if isinstance(value, (Constant, Mapping, Sequence, Class)):
        return value != Constant(None)
    if isinstance(value, Function):
        return not getattr(value.node, "decorator_list", ())
    if isinstance(value, ResourceValue):
        return value.kind != "io_manager"
    if isinstance(value, Instance):
        return all(
            isinstance(base, Class)
            or (isinstance(base, External) and base.qualname in _NO_MANAGERS)
            for base in value.cls.mro
        )
    if isinstance(value, External):  # a class in place of its object
        return value.qualname in _RESOURCES or value.qualname in _MANAGERS
    return isinstance(value, Record) and value.qualname in _RESOURCES


_MANAGERS = ("dagster.FilesystemIOManager", "dagster.InMemoryIOManager")


_NO_MANAGERS = frozenset(
    (
        *("builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol"),
        *("dagster.ConfigurableResource", "pydantic.BaseModel"),
    )
)
"""Base classes that do not make a class one of IO managers."""
_RESOURCES = frozenset(
    (
        *("dagster.ResourceDefinition", "dagster.EnvVar", "dagster.make_values_resource"),
        *(
            f"dagster.ResourceDefinition.{name}_resource"
            for name in ("none", "hardcoded", "string", "mock")
        ),
    )
)
