"""What the evaluation of one module adds to that of its code location, and what it depends on."""

from __future__ import annotations

from collections.abc import Callable, Collection

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Class, Declared, Module, Unknown, Value
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.environment import EnvironmentRead
from assetgen.analyzer.model.spans import Span


@dataclass(slots=True, eq=False)
class Contribution:
    """What was made, reported and read while a module ran, calls into other modules included.

    `declared` holds the definitions in the order in which they were made, `diagnostics` what is
    reported to the user, `environment_reads` the variables that were asked for, by name and place,
    `assigned` those that were set, `removed` those that had been set and were removed again.
    `classes` are those that were made, each with the number of modules that had been needed before
    and the unknown condition under which it was made.
    `loads` holds, for calls, the identities of the definitions that they found among the globals of
    modules. `steps` is how many were spent.

    The others are what all this depends on, in the order in which it was asked for: `uses` are the
    dotted names that were looked up as modules, `needs` those of them that were evaluated for it,
    `data` the files that were read, `variables` the environment variables that were asked for (None
    for all of them).
    """

    declared: list[Declared] = field(default_factory=list)
    diagnostics: dict[tuple[str, Span, str], Diagnostic] = field(default_factory=dict)
    environment_reads: dict[tuple[str, Span], EnvironmentRead] = field(default_factory=dict)
    assigned: dict[str, Value] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    classes: list[tuple[int, Class, Unknown | None]] = field(default_factory=list)
    loads: list[tuple[Collection[object], Site]] = field(default_factory=list)
    steps: int = 0
    uses: dict[str, None] = field(default_factory=dict)
    needs: dict[str, None] = field(default_factory=dict)
    data: set[str] = field(default_factory=set)
    variables: set[str | None] = field(default_factory=set)


@dataclass(frozen=True, slots=True, eq=False)
class Retained:
    """A module that was evaluated before, with what that gave; nothing it rests on has changed.

    It is as good as not evaluated until it is needed: then its contribution counts, and it needs
    what it needed then. `others` are the modules whose values it holds beside those that it uses;
    `open` lets its own come, where they are not there yet.
    """

    module: Module
    contribution: Contribution
    state: str
    others: tuple[str, ...] = ()
    open: Callable[[], None] | None = None
