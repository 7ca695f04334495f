"""The cost of a regular expression on a text, estimated from the shape of the pattern alone.

A repetition is ambiguous if what follows may begin with what it repeats: each of its lengths may
then be tried. Nested ambiguous ones, as in `(a*)*`, take exponential time.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable
from typing import Any, Final

from assetgen.analyzer.model.dataclass import dataclass

_LONGEST_NESTED: Final = 24  # characters of a text that nested repetition may try in all ways
_MOST_STEPS: Final = 2_000_000_000
_FEW: Final = 8  # repetitions that count as one

Characters = frozenset[str]
_ALL: Final[Characters] = frozenset((*map(chr, range(128)), *"\x85\xb2éλ文\u0663\u2003"))
"""Characters that stand for all: those of ASCII, and of each category one of others."""


def may_hang(pattern: re.Pattern[Any], length: int) -> bool:
    """Whether matching may take too long on a text of so many characters."""
    name = "re._parser" if sys.version_info >= (3, 11) else "sre_parse"
    parser = importlib.import_module(name)
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    cost = _Shape(bool(pattern.flags & re.IGNORECASE)).cost(list(parsed), frozenset())
    if cost.is_nested:
        return length > _LONGEST_NESTED
    exponent = max(cost.in_doubt, 1) if cost.repeats else 0
    return exponent > 0 and bool(length ** (exponent + 1) > _MOST_STEPS)


@dataclass(frozen=True, slots=True)
class _Cost:
    """Whether anything is repeated, how many repetitions are ambiguous, and whether such a one is
    nested in another."""

    repeats: bool = False
    in_doubt: int = 0
    is_nested: bool = False

    def and_then(self, other: _Cost) -> _Cost:
        return _Cost(
            self.repeats or other.repeats,
            self.in_doubt + other.in_doubt,
            self.is_nested or other.is_nested,
        )


class _Shape:
    """A pattern, which may ignore case."""

    __slots__ = ("ignores_case",)

    def __init__(self, ignores_case: bool) -> None:
        self.ignores_case = ignores_case

    def cost(self, items: list[Any], follows: Characters) -> _Cost:
        """The cost of elements in order, followed by `follows`."""
        found = _Cost()
        for number, (operation, argument) in enumerate(items):
            first, passes = self.first(items[number + 1 :])
            after = first | follows if passes else first
            found = found.and_then(self._of_one(str(operation), argument, after))
        return found

    def _of_one(self, name: str, argument: Any, after: Characters) -> _Cost:
        if name in _REPEATS:
            return self._of_repeat(argument, after)
        if name == "BRANCH":
            costs = [self.cost(list(branch), after) for branch in argument[1]]
            return _Cost(
                any(cost.repeats for cost in costs),
                max((cost.in_doubt for cost in costs), default=0),
                any(cost.is_nested for cost in costs),
            )
        if name.startswith("GROUPREF"):
            return _Cost(is_nested=True)
        inner = [list(part) for part in _parts(argument) if hasattr(part, "data")]
        found = _Cost()
        for each in inner:
            around = _ALL if name.startswith("ASSERT") else after
            found = found.and_then(self.cost(each, around))
        return found

    def _of_repeat(self, argument: Any, after: Characters) -> _Cost:
        _, most, body = argument
        items = list(body)
        first, passes = self.first(items)
        if most <= _FEW:
            return self.cost(items, after | first)
        inner = self.cost(items, after | first)
        is_nested = inner.is_nested or inner.in_doubt > 0 or passes or self._overlaps(items)
        return _Cost(True, 1 if first & after else 0, is_nested)

    def _overlaps(self, items: list[Any]) -> bool:
        """Whether two branches of a repetition may begin alike, so that both are tried each
        time."""
        for operation, argument in items:
            name = str(operation)
            if name == "BRANCH":
                seen: set[str] = set()
                for branch in argument[1]:
                    first, passes = self.first(list(branch))
                    if passes or first & seen:
                        return True
                    seen |= first
            for part in _parts(argument):
                if hasattr(part, "data") and self._overlaps(list(part)):
                    return True
        return False

    def first(self, items: list[Any]) -> tuple[Characters, bool]:
        """The characters that elements may begin with, and whether they may match nothing."""
        found: Characters = frozenset()
        for operation, argument in items:
            one, passes = self._first_of_one(str(operation), argument)
            found |= one
            if not passes:
                return found, False
        return found, True

    def _first_of_one(self, name: str, argument: Any) -> tuple[Characters, bool]:
        if name in _REPEATS:
            first, passes = self.first(list(argument[2]))
            return first, passes or argument[0] == 0
        if name == "BRANCH":
            each = [self.first(list(branch)) for branch in argument[1]]
            return frozenset().union(*(one for one, _ in each)), any(p for _, p in each)
        if name in ("SUBPATTERN", "ATOMIC_GROUP"):
            return self.first(list(argument[-1] if isinstance(argument, tuple) else argument))
        if name == "AT" or name.startswith("ASSERT"):
            return frozenset(), True
        if name.startswith("GROUPREF"):
            return _ALL, True
        return self._one_of(name, argument), False

    def _one_of(self, name: str, argument: Any) -> Characters:
        """The characters that a single-character element matches."""
        if name == "LITERAL":
            return self._cases((chr(argument),))
        if name == "NOT_LITERAL":
            return _ALL - self._cases((chr(argument),))
        if name == "RANGE":
            low, high = argument
            return self._cases(each for each in _ALL if low <= ord(each) <= high) | (
                frozenset("文") if high > 255 else frozenset()
            )
        if name == "CATEGORY":
            return frozenset(filter(_CATEGORIES[str(argument)].match, _ALL))
        if name == "IN":
            inside = [(str(operation), each) for operation, each in argument]
            found = frozenset().union(
                *(
                    self._one_of(operation, each)
                    for operation, each in inside
                    if operation != "NEGATE"
                )
            )
            return _ALL - found if inside and inside[0][0] == "NEGATE" else found
        return _ALL

    def _cases(self, characters: Iterable[str]) -> Characters:
        if not self.ignores_case:
            return frozenset(characters)
        return frozenset(each for one in characters for each in (one, one.lower(), one.upper()))


_REPEATS: Final = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_CATEGORIES: Final = {
    f"CATEGORY_{name}{kind}": re.compile(f"\\{letter if not name else letter.upper()}", re.DOTALL)
    for letter, kind in (("d", "DIGIT"), ("s", "SPACE"), ("w", "WORD"))
    for name in ("", "NOT_")
}


def _parts(argument: Any) -> Iterable[Any]:
    return argument if isinstance(argument, (tuple, list)) else (argument,)
