"""Where the arguments of ops inside a graph come from."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FromStep:
    """An argument that is the value of another step's output.

    `step` is the other step's name and `output` the name of its output. If that step runs once
    per mapping key (see `Mapped`), so does this one, and each gets the value of its own key.
    """

    parameter: str
    step: str
    output: str = "result"
    type: Any = Any


@dataclass(frozen=True, slots=True)
class AfterStep:
    """The step starts after another step's output is made; no argument is passed."""

    step: str
    output: str = "result"


@dataclass(frozen=True, slots=True)
class FanIn:
    """An argument that is a list: one element per source, in order.

    Sources are `FromStep` or `FromAsset`; their own `parameter` says nothing. Those that were
    not made are left out of the list, and the step is skipped only if none was made.
    """

    parameter: str
    sources: tuple[Any, ...]
    type: Any = Any


@dataclass(frozen=True, slots=True)
class Constant:
    """An argument known beforehand, such as the default value of an input left unconnected."""

    parameter: str
    value: Any
