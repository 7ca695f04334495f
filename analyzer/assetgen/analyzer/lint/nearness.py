"""Which keys are similar to one that nothing defines."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from math import ceil, floor
from typing import Any, Final, TypeVar

from assetgen.analyzer.model.keys import AssetKey

_Item = TypeVar("_Item")


class NearKeys:
    """Keys that can be asked, again and again, which of them are similar to another one."""

    def __init__(self, keys: Collection[AssetKey]) -> None:
        self._keys = keys
        self._tables: dict[str, dict[Any, list[Any]]] = {}

    def changed_to(self, keys: Collection[AssetKey], touched: Iterable[AssetKey]) -> NearKeys:
        """The same for other keys, which differ at most in those that are `touched`; this object
        must not be used afterwards."""
        before, self._keys = self._keys, keys
        added = [key for key in touched if key in keys and key not in before]
        gone = [key for key in touched if key in before and key not in keys]
        if len(added) + len(gone) > _FEW:
            return NearKeys(keys)
        for name, table in self._tables.items():
            for key in gone:
                for group, item in _PAIRS[name](key):
                    table[group].remove(item)
            for key in added:
                for group, item in _PAIRS[name](key):
                    insort(table[group], item)
        return self

    def named(self, name: str) -> tuple[AssetKey, ...]:
        """The keys that end in `name`."""
        return tuple(self._table("by_name").get(name, ()))

    def near_to(self, wanted: AssetKey) -> tuple[AssetKey, ...]:
        """The keys that Dagster would suggest, too, most similar first.

        Such a key has the same prefix and a similar name, the same name and a similar prefix, the
        same name and one part of the prefix more or less, the same name if no prefix was written,
        or the parts that are written here with slashes.
        """
        found = {
            key for key in self._table("by_name").get(wanted.name, ()) if _is_same_name(wanted, key)
        }
        similar = _Similar(wanted.name)
        size, letters = len(wanted.name), _counted(wanted.name)
        for length in similar.lengths():
            siblings = self._table("by_prefix").get((wanted.parts[:-1], length), ())
            for key in _sharing(similar.LINE * (size + length) / 2, letters, siblings):
                if similar.to(key.name):
                    found.add(key)
        found.update(self._table("by_parts").get(_split(wanted), ()))
        return _closest_first(wanted, found)

    def mistyped_as(self, wanted: AssetKey) -> tuple[AssetKey, ...]:
        """The keys of which `wanted` can hardly be anything but a misspelling, most similar first.

        `raw_orders` beside `stg_orders`, or `sales_2023` beside `sales_2024`, is similar but not a
        mistake; `ordres`, `order` and `raw_order` are mistakes. A key with the same name but
        another prefix counts only if no prefix was written, or if the prefix itself is misspelt.
        """
        found = set(self._table("by_parts").get(_split(wanted), ()))
        found.update(self._table("by_letters").get(_letters(wanted), ()))
        if len(wanted.parts) == 1:
            found.update(self._table("by_name").get(wanted.name, ()))
        for masked, word in _words(wanted):
            size, letters = len(word), _counted(word.lower())
            for length in range(size - _EDITS, size + _EDITS + 1):
                others = self._table("by_masked").get((masked, length), ())
                for its_word, key in _sharing(max(size, length) - _EDITS, letters, others):
                    if _is_misspelled(word, its_word):
                        found.add(key)
        return _closest_first(wanted, found)

    def _table(self, name: str) -> dict[Any, list[Any]]:
        """Keys by what they have in common, made when it is first asked for."""
        table = self._tables.get(name)
        if table is None:
            table = self._tables[name] = defaultdict(list)
            pairs = _PAIRS[name]
            for key in self._keys:
                for group, item in pairs(key):
                    table[group].append(item)
        return table


_FEW = 100
"""Up to so many keys are added or removed one by one."""


def _closest_first(wanted: AssetKey, keys: set[AssetKey]) -> tuple[AssetKey, ...]:
    similar = _Similar(str(wanted))
    return tuple(sorted(keys - {wanted}, key=lambda key: (-similar.ratio(str(key)), key)))


class _Similar:
    """How similar texts are to a given one: 1 is equal, and Dagster draws the line at 0.8."""

    LINE = 0.8

    __slots__ = ("_matcher", "_text")

    def __init__(self, text: str) -> None:
        from difflib import SequenceMatcher  # only those pay for it who look for what is near

        self._text = text
        self._matcher = SequenceMatcher(None, "", text)

    def lengths(self) -> range:
        """How long a similar text can be."""
        length, most = len(self._text), 2 / self.LINE - 1
        return range(ceil(length / most), floor(length * most) + 1)

    def to(self, text: str) -> bool:
        if len(text) not in self.lengths():
            return False
        self._matcher.set_seq1(text)
        return self._matcher.quick_ratio() >= self.LINE and self._matcher.ratio() >= self.LINE

    def ratio(self, text: str) -> float:
        self._matcher.set_seq1(text)
        return self._matcher.ratio()


def _sharing(least: float, letters: int, others: Iterable[tuple[int, _Item]]) -> list[_Item]:
    """Those of `others` that have at least so many letters in common with the given ones."""
    return [item for its, item in others if (letters & its).bit_count() >= least]


def _counted(text: str) -> int:
    """The letters of a text, whatever their order, as bits of a number.

    Each letter takes the first free bit from a place of its own. The bits of some of the letters
    are thus among the bits of all: two texts have at most as many letters in common as bits.
    """
    bits = 0
    for letter in text:
        bit = 1 << _BITS * (ord(letter) % _PLACES)
        while bits & bit:
            bit <<= 1
        bits |= bit
    return bits


_PLACES, _BITS = 80, 4
"""Room for small and capital letters, digits and underscores, each of them a few times."""


def _is_same_name(wanted: AssetKey, key: AssetKey) -> bool:
    """Whether a key with the same name is similar."""
    return (
        len(wanted.parts) == 1
        or len(set(wanted.parts) ^ set(key.parts)) == 1
        or _Similar(" ".join(wanted.parts[:-1])).to(" ".join(key.parts[:-1]))
    )


def _split(key: AssetKey) -> tuple[str, ...]:
    return tuple("/".join(key.parts).split("/"))


def _letters(key: AssetKey) -> str:
    """The key without what separates its words."""
    return "/".join(key.parts).replace("_", "")


def _words(key: AssetKey) -> Iterator[tuple[str, str]]:
    """For each word between slashes, underscores and hyphens: the rest of the key, and that word.

    Words with digits are left out: they are never misspelled ones."""
    text = "/".join(key.parts).replace("/", "_").replace("-", "_")
    start = 0
    for word in text.split("_"):
        end = start + len(word)
        if not any(map(str.isdigit, word)):
            yield f"{text[:start]}\0{text[end:]}", word
        start = end + 1


_PAIRS: Mapping[str, Callable[[AssetKey], Iterable[tuple[Any, Any]]]] = {
    "by_name": lambda key: ((key.name, key),),
    "by_prefix": lambda key: (((key.parts[:-1], len(key.name)), (_counted(key.name), key)),),
    "by_parts": lambda key: ((key.parts, key),),
    "by_letters": lambda key: ((_letters(key), key),),
    "by_masked": lambda key: (
        ((masked, len(word)), (_counted(word.lower()), (word, key))) for masked, word in _words(key)
    ),
}
"""For each table: the groups that a key belongs to, and how it appears there."""


def _is_misspelled(one: str, other: str) -> bool:
    length = max(len(one), len(other))
    if one == other or length < 4:
        return False
    return _edits(one.lower(), other.lower()) <= (1 if length < 8 else _EDITS)


_EDITS: Final = 2
"""More letters than these are not mistyped."""


def _edits(one: str, other: str) -> int:
    """How many letters are added, left out, replaced or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            if column > 1 and row > 1 and letter == other[column - 2] and wanted == one[row - 2]:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]
