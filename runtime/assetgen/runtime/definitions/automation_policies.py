"""Conditions and policies by which Dagster's daemon makes assets: of no effect here.

A script makes assets when it is run. Code that combines conditions runs as it did, and nobody asks
for the result.
"""

from typing import Any


class IgnoredPolicyType(type):
    """Every name of such a class makes an instance: `AutomationCondition.eager()`."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: cls()

    def __getitem__(cls, parameters: Any) -> Any:
        return cls


class IgnoredPolicy(metaclass=IgnoredPolicyType):
    """An instance takes any operator and any method, and stays what it is."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """What it says is not kept."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: self

    def __and__(self, other: Any) -> Any:
        return self

    __or__ = __and__

    def __invert__(self) -> Any:
        return self


class AutomationCondition(IgnoredPolicy):
    """When to make an asset, depending on what has happened."""


class AutoMaterializePolicy(IgnoredPolicy):
    """As `AutomationCondition`, in an older form."""


class AutoMaterializeRule(IgnoredPolicy):
    """A part of an `AutoMaterializePolicy`."""


class BackfillPolicy(IgnoredPolicy):
    """How many partitions Dagster makes in one run."""


class FreshnessPolicy(IgnoredPolicy):
    """How old an asset may get."""
