"""What tells Dagster's daemon when to make an asset: of no effect here.

A script makes what it is told to make, when it is run. Code that puts such conditions together
runs as it did, and what it makes is never asked.
"""

from typing import Any


class StandingOrderType(type):
    """Every name of such a class makes an instance: `AutomationCondition.eager()`."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: cls()

    def __getitem__(cls, parameters: Any) -> Any:
        return cls


class StandingOrder(metaclass=StandingOrderType):
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


class AutomationCondition(StandingOrder):
    """When to make an asset, in terms of what happened."""


class AutoMaterializePolicy(StandingOrder):
    """As `AutomationCondition`, in an older form."""


class AutoMaterializeRule(StandingOrder):
    """A part of an `AutoMaterializePolicy`."""


class BackfillPolicy(StandingOrder):
    """How many partitions Dagster makes in one run."""


class FreshnessPolicy(StandingOrder):
    """How old an asset may get."""
