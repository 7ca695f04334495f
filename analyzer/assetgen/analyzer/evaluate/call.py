"""The intrinsic protocol: how the evaluator asks what a call to a known API gives.

An intrinsic is a function from a `Call` to a value; `Intrinsics` is the table it stands in. The
evaluator knows nothing of any API: the tables are handed to it.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import replace
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Unknown, Value
from assetgen.analyzer.model.dataclass import dataclass, field

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """A call to the row `name` of the table.

    `receiver` is the object whose method it is. `losses` are unknowns that were spread into the
    call (`*args`, `**kwargs` of unknown content): what was not passed may have been.
    """

    machine: Machine
    name: str
    args: tuple[Value, ...]
    kwargs: dict[str, Value]
    site: Site
    receiver: Value | None = None
    losses: tuple[Unknown, ...] = ()

    def unknown(self, reason: str, message: str, *causes: Value) -> Unknown:
        """An `Unknown` at this call, caused by those of `causes` that are unknown."""
        return self.machine.unknown(reason, message, self.site, *causes)

    def report(self, rule: str, message: str, at: Site | None = None) -> None:
        """Tell the user; `rule` is a name of the catalogue, the place is the call's if not `at`."""
        self.machine.report(rule, message, (at or self.site).span)


Intrinsic = Callable[[Call], Value]


def of_receiver(row: Intrinsic) -> Intrinsic:
    """A row that is a method: asked of its class, it takes the receiver as its first argument."""

    def method(call: Call) -> Value:
        if call.receiver is None and call.args:
            first, *rest = call.args
            call = replace(call, receiver=first, args=tuple(rest))
        return row(call)

    return method


def _never(name: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Intrinsics:
    """What is known of the world outside the project.

    `calls` goes from qualified names (`dagster.asset`, `builtins.str.join`,
    `dagster.AssetSpec.replace_attributes`) to what calling them means; `values` from qualified
    names to values that are no calls (`string.digits`); `canonical` gives the qualified name
    under which the tables know what goes by another (`dagster._core.x.asset` -> `dagster.asset`).
    `properties` are the rows of `calls` that are read as attributes of their receiver, not called
    (`pathlib.Path.parent`).
    `may_declare` tells of names without a row whether what they give may be a definition.
    `packages` are the top-level names of all that the tables speak of.
    """

    calls: ReadOnlyMapping[str, Intrinsic]
    values: ReadOnlyMapping[str, Value]
    canonical: Callable[[str], str]
    properties: frozenset[str] = frozenset()
    may_declare: Callable[[str], bool] = _never
    packages: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        names = (name.partition(".")[0] for name in (*self.calls, *self.values))
        object.__setattr__(self, "packages", frozenset(names))
