"""Which keys are close to one that nothing defines."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from assetgen.analyzer.model.keys import AssetKey


def keys_near(wanted: AssetKey, keys: Iterable[AssetKey]) -> tuple[AssetKey, ...]:
    """The keys that Dagster too would propose, the closest first.

    Such a key has the same prefix and a similar name, the same name and a similar prefix, the
    same name and one prefix part more or less, the same name where no prefix was written, or the
    parts that are written here with slashes.
    """
    near = [key for key in keys if key != wanted and _is_near(wanted, key)]
    return tuple(sorted(near, key=lambda key: (-_similarity(str(wanted), str(key)), key)))


def keys_mistyped(wanted: AssetKey, keys: Iterable[AssetKey]) -> tuple[AssetKey, ...]:
    """Of the near keys those that can hardly be another asset, the closest first.

    `raw_orders` beside `stg_orders`, or `sales_2023` beside `sales_2024`, is near and no mistake;
    `ordres`, `order` and `raw_order` are mistakes. A key of the same name and another prefix is
    taken as a mistake only if no prefix was written, or if the prefix itself is mistyped.
    """
    return tuple(key for key in keys_near(wanted, keys) if _is_mistyped(wanted, key))


_SIMILAR = 0.8


def _is_near(wanted: AssetKey, key: AssetKey) -> bool:
    same_name, same_prefix = wanted.name == key.name, wanted.parts[:-1] == key.parts[:-1]
    return (
        (same_prefix and _similarity(wanted.name, key.name) >= _SIMILAR)
        or (same_name and _similar_prefix(wanted, key))
        or (same_name and len(set(wanted.parts) ^ set(key.parts)) == 1)
        or (same_name and len(wanted.parts) == 1)
        or _is_slashed(wanted, key)
    )


def _similar_prefix(wanted: AssetKey, key: AssetKey) -> bool:
    return _similarity(" ".join(wanted.parts[:-1]), " ".join(key.parts[:-1])) >= _SIMILAR


def _similarity(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other)
    if matcher.real_quick_ratio() < _SIMILAR or matcher.quick_ratio() < _SIMILAR:
        return 0.0
    return matcher.ratio()


def _is_slashed(wanted: AssetKey, key: AssetKey) -> bool:
    return tuple("/".join(wanted.parts).split("/")) == key.parts


def _is_mistyped(wanted: AssetKey, key: AssetKey) -> bool:
    if _is_slashed(wanted, key):
        return True
    if wanted.name == key.name:
        return len(wanted.parts) == 1 or _is_typo(wanted.parts[:-1], key.parts[:-1])
    return _is_typo(wanted.parts, key.parts)


def _is_typo(wanted: tuple[str, ...], parts: tuple[str, ...]) -> bool:
    """Whether exactly one word, between slashes and underscores, is misspelled."""
    one, other = "/".join(wanted), "/".join(parts)
    words, others = _words(one), _words(other)
    if len(words) != len(others):
        return one.replace("_", "") == other.replace("_", "")
    differing = [(word, its) for word, its in zip(words, others, strict=True) if word != its]
    return len(differing) == 1 and _is_misspelled(*differing[0])


def _words(text: str) -> list[str]:
    return text.replace("/", "_").replace("-", "_").split("_")


def _is_misspelled(one: str, other: str) -> bool:
    length = max(len(one), len(other))
    if length < 4 or any(map(str.isdigit, one + other)):
        return False
    return _edits(one.lower(), other.lower()) <= (1 if length < 8 else 2)


def _edits(one: str, other: str) -> int:
    """How many letters are added, left out, replaced or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            swapped = (
                column > 1 and row > 1 and letter == other[column - 2] and wanted == one[row - 2]
            )
            current.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, current
    return last[-1]
