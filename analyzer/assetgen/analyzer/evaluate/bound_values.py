"""Values that bring something along: methods and partials their arguments, descriptors their
functions, `super()` its receiver."""

from __future__ import annotations

from assetgen.analyzer.evaluate.values import Class, Value
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class BoundMethod(Value):
    """A function, class or intrinsic with its first argument bound."""

    function: Value
    receiver: Value


@dataclass(frozen=True, slots=True, eq=False)
class KnownMethod(Value):
    """A method of a value whose class the intrinsics know: the row `qualname`, and its
    `receiver`."""

    qualname: str
    receiver: Value


@dataclass(frozen=True, slots=True, eq=False)
class Partial(Value):
    """`functools.partial`."""

    function: Value
    args: tuple[Value, ...]
    kwargs: dict[str, Value]


@dataclass(frozen=True, slots=True, eq=False)
class Descriptor(Value):
    """`property`, `staticmethod`, `classmethod` or `cached_property` around `function`.

    A property may also have a `setter`, a `deleter` and a docstring.
    """

    kind: str
    function: Value
    setter: Value | None = None
    deleter: Value | None = None
    doc: Value | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Super(Value):
    """`super()`: attributes of `receiver` after `owner` in its linearisation."""

    owner: Class
    receiver: Value
