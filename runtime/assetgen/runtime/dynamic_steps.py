"""Outputs whose number is known only when they are made, and the steps that follow from them.

`load` yields two `DynamicOutput`s, `double` runs once for each, `total` once for all::

    Step("ga.load", load, outputs=(DynamicOpOutput(),)),
    Step("ga.double", double, inputs=(Mapped("number", "ga.load"),), outputs=(OpOutput(),)),
    Step("ga.total", total, inputs=(Collected("numbers", "ga.double"),), outputs=...),
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class DynamicOpOutput:
    """An output made any number of times, each with its own mapping key."""

    name: str = "result"
    type: Any = Any
    required: bool = True
    io_manager: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """An argument that is one value of a dynamic output: the step runs once for each of them.

    `step` and `output` name the dynamic output. The runs are named ``ga.double[key]``.
    Steps further down the same branch take their arguments by `FromStep`.
    """

    parameter: str
    step: str
    output: str = "result"
    type: Any = Any


@dataclass(frozen=True, slots=True)
class MappedAfter:
    """The step runs once for each value of a dynamic output, and gets no argument from it."""

    step: str
    output: str = "result"


@dataclass(frozen=True, slots=True)
class Collected:
    """An argument that is the list of all values of a dynamic branch, in the order of yielding.

    `step` is the step that yields them, or one that runs once for each. An empty `parameter`
    only waits for them.
    """

    parameter: str
    step: str
    output: str = "result"
    type: Any = Any
