"""References from the model to the user's functions, so that code can be made from them."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.literals import Literal
from assetgen.analyzer.model.spans import Span


@dataclass(frozen=True, slots=True)
class NameRef:
    """A module-level definition of the project, or an import: `module` and `name` in it.

    `name` is empty for the module itself.
    """

    module: str
    name: str


@dataclass(frozen=True, slots=True)
class CallRef:
    """An object made by calling `function` with arguments; `None` names are positional."""

    function: Captured
    arguments: tuple[tuple[str | None, Captured], ...]


@dataclass(frozen=True, slots=True)
class TupleRef:
    """A list, tuple or set (`kind` says which) whose items are not all plain data."""

    kind: str
    items: tuple[Captured, ...]


@dataclass(frozen=True, slots=True)
class TableRef:
    """A dictionary whose values are not all plain data."""

    entries: tuple[tuple[Literal, Captured], ...]


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain data: `source` is Python text that evaluates to it (`repr`)."""

    source: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A captured value that could not be known; why, and where."""

    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class FunctionRef:
    """A function or lambda of the user's.

    `module` is the dotted name and `path` the file that it is in; `span` covers the whole
    definition with its decorators; `qualname` is Python's. A function nested in another carries the
    values of the enclosing functions' variables with it: `captures`, in the order of their first
    use, and with them defaults of parameters that are not literals. `around` are the values of
    those that it does not use itself: arguments of its decorators that a run depends on mention
    them, or the annotation of its configuration does. What computes a step and is none of the
    user's functions is the only one of `captures`, without a name.
    """

    module: str
    path: str
    qualname: str
    span: Span
    captures: tuple[tuple[str, Captured], ...] = ()
    is_nested: bool = False
    around: tuple[tuple[str, Captured], ...] = ()


Captured = Plain | NameRef | CallRef | TupleRef | TableRef | FunctionRef | Lost
