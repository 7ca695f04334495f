"""The activation of a module, a class body or a function call."""

from __future__ import annotations

import ast
from collections.abc import Callable

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.journal import Ended
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Function, Module, Unknown, Value
from assetgen.analyzer.model.dataclass import dataclass, field


@dataclass(slots=True, eq=False)
class Frame:
    """What is being evaluated.

    `chain` holds the calls that led here. `condition` is the innermost unknown condition under
    which statements are evaluated. `returns` are values returned on paths that an unknown condition
    may have taken, `yields` what a generator has yielded while a statement was run to its end, both
    with their conditions; `sent` are the results of its `yield`s, by their identity. `handled` is
    the exception that an `except` clause is handling. `broken` is the unknown condition under which
    the innermost loop may have been left, `skipped` that under which the rest of its round may be
    skipped, and `left` that under which the function may have returned: then the rest runs as one
    arm of it (`is_leaving`), beside the effects of the paths that have returned (`effects`).
    `binding` is what an assignment has yet to do whose value may have raised something that is
    caught. `annotated` are the annotated names in the body of a class that were reached, with the
    conditions under which they were, if some of them stand in blocks.
    """

    module: Module
    scope: Scope
    chain: tuple[Site, ...] = ()
    function: Function | None = None
    condition: Unknown | None = None
    returns: list[tuple[Value, Unknown]] = field(default_factory=list)
    yields: list[tuple[Value, Unknown | None]] = field(default_factory=list)
    sent: dict[int, Value] = field(default_factory=dict)
    handled: Raised | None = None
    broken: Unknown | None = None
    skipped: Unknown | None = None
    left: Unknown | None = None
    is_leaving: bool = False
    effects: list[Ended] = field(default_factory=list)
    binding: Callable[[], None] | None = None
    annotated: list[tuple[ast.AnnAssign, Unknown | None]] | None = None

    def site(self, node: ast.AST) -> Site:
        return Site(self.module, node, self.chain, self.condition)

    def within(self, scope: Scope) -> Frame:
        """The same activation in an inner scope, such as that of a comprehension."""
        return Frame(
            self.module,
            scope,
            self.chain,
            self.function,
            self.condition,
            self.returns,
            self.yields,
        )


@dataclass(frozen=True, slots=True)
class Completion:
    """How a block ended, if not by running to its end: `kind` is "return", "break", "continue"."""

    kind: str
    value: Value | None = None


BREAK = Completion("break")
CONTINUE = Completion("continue")
