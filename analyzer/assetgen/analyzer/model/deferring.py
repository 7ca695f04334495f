"""Values with fields that are made when they are first asked for.

Places in files are a large part of what the model holds, and few of them are ever told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar


class Deferring:
    """A slotted dataclass may put off some of its fields, as `deferring` says.

    Whoever reads, compares or copies such a value sees no difference.
    """

    __slots__ = ("_make",)
    _make: Callable[[], Mapping[str, object]]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # Python asks here only for what no slot holds.
            if name not in type(self).__fields__:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            for field, value in self._make().items():
                setattr(self, field, value)
            self._make = dict  # nothing is left, also for another thread that has come here
            return object.__getattribute__(self, name)

        def __getstate__(self) -> Any:
            return None, {name: getattr(self, name) for name in type(self).__fields__}


LATER: Final[Any] = None
"""Stands for a field until it is made."""

Value = TypeVar("Value", bound=Deferring)


def deferring(value: Value, make: Callable[[], Mapping[str, object]], *names: str) -> Value:
    """The same value; `make` makes the fields called `names`, which hold nothing so far, once one
    of them is asked for.

    What `make` depends on must not change meanwhile.
    """
    for name in names:
        delattr(value, name)
    value._make = make
    return value
