"""By what a class says: whether its objects are equal by their contents, and can be hashed."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.evaluate.objects.truth import truth_of
from assetgen.analyzer.evaluate.values import NONE, Class, Constant, External, Sequence

COMPARED = "<compared>"
"""In the options of a class's decorator: the fields that count, if not all do."""


def compared(cls: Class, names: Iterable[str]) -> Iterable[str] | None:
    """The attributes by which objects are equal; None if only the same object is."""
    for base in cls.mro:
        for options in base.decorations.values() if isinstance(base, Class) else ():
            compares = options.get("eq")
            if compares is not None and truth_of(compares) is False:
                return None
            chosen = options.get(COMPARED)
            if isinstance(chosen, Sequence):
                return [str(item.value) for item in chosen.items if isinstance(item, Constant)]
    return names


def says_equality(cls: Class) -> bool:
    """Whether the project defines when objects of the class are equal."""
    return any(isinstance(base, Class) and "__eq__" in base.namespace for base in cls.mro)


def is_only_compared(cls: Class) -> bool:
    """Whether a class defines equality of its objects, but not their hash."""
    for base in cls.mro:
        if not isinstance(base, Class) or base.decorations:
            return False
        if "__hash__" in base.namespace:
            return base.namespace["__hash__"] == NONE
        if "__eq__" in base.namespace:
            return True
    return False


def is_hashed_by_fields(cls: Class) -> bool:
    """Whether a decorator of the class makes its objects hashable."""
    return any(
        (flag := keywords.get(option)) is not None and truth_of(flag) is True
        for keywords in cls.decorations.values()
        for option in ("frozen", "unsafe_hash")
    )


def is_equal_by_content(cls: Class) -> bool:
    """Whether it derives from a class outside that compares what its objects hold."""
    return any(isinstance(b, External) and b.qualname in _EQUAL_BY_CONTENT for b in cls.mro)


_EQUAL_BY_CONTENT = frozenset(
    f"{module}.{name}"
    for module in ("collections.abc", "typing")
    for name in ("Mapping", "MutableMapping", "Set", "MutableSet")
)
"""Classes whose objects are equal where they hold the same, however they hold it."""
