"""Names that Dagster does not have, and that are most likely misspelt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from assetgen.analyzer.intrinsics.dagster.expected.former_names import gone_in
from assetgen.analyzer.intrinsics.python.misspellings import is_edit, module_meant
from assetgen.analyzer.intrinsics.python.misspellings import meant_by as meant_in_python
from assetgen.analyzer.model.patterns import late

_LIKENESS = 0.85
ENUMERATIONS = {
    "AssetCheckSeverity": ("ERROR", "WARN"),
    "Backoff": ("EXPONENTIAL", "LINEAR"),
    "DagsterRunStatus": (
        *("CANCELED", "CANCELING", "FAILURE", "MANAGED", "NOT_STARTED", "QUEUED", "STARTED"),
        *("STARTING", "SUCCESS", "SUSPENDED"),
    ),
    "DefaultScheduleStatus": ("RUNNING", "STOPPED"),
    "DefaultSensorStatus": ("RUNNING", "STOPPED"),
    "Jitter": ("FULL", "PLUS_MINUS"),
}
"""The members of enumerations, which are the same in all versions."""


def meant_among(members: Callable[[str], Iterable[str]]) -> Callable[[str], str | None]:
    """For a qualified name that Dagster does not have, the function returned gives the similar name
    that it has, and None for any other name.

    `members` gives the names that there are in a package or class.
    """

    @lru_cache(maxsize=32)
    def names_in(holder: str) -> list[str]:
        return sorted(each for each in members(holder) if not each.startswith(("<", "_")))

    @lru_cache(maxsize=1024)
    def meant_by(qualname: str) -> str | None:
        return _meant(qualname, names_in)

    return meant_by


def _meant(qualname: str, names_in: Callable[[str], list[str]]) -> str | None:
    package, _, rest = qualname.partition(".")
    if not rest:
        return module_meant(package)
    if package.startswith("dagster_"):
        return None if gone_in(qualname) else _meant_beside(rest, names_in(package))
    if package != "dagster":
        return meant_in_python(qualname)
    parent, _, name = rest.rpartition(".")
    if parent in ENUMERATIONS:
        return _member_meant(name, ENUMERATIONS[parent])
    if name.startswith("_") or (not parent and gone_in(qualname) is not None):
        return None
    if name in names_in(f"{package}.{parent}" if parent else package):
        return None
    # The lists are only needed for what no row speaks of, the library where something is misspelt.
    if parent:
        from assetgen.analyzer.intrinsics.dagster.expected.class_members import members_of

        known = members_of(parent)
    else:
        from assetgen.analyzer.intrinsics.dagster.expected.public_names import public_names

        known = public_names()
    if not known or name in known:
        return None
    from difflib import get_close_matches

    names = sorted(each for each in known if not each.startswith("_"))
    alike = get_close_matches(name, names, cutoff=_LIKENESS)
    slips = (other for other in names if is_edit(name, other))
    return next((other for other in alike if _is_slip(name, other)), next(slips, None))


def _meant_beside(name: str, names: list[str]) -> str | None:
    """The name of an integration that another differs from in a letter: not all that there are are
    known, but no two of them are as similar."""
    if name in names or len(name) < _LONG or name.startswith("_"):
        return None
    return next((other for other in names if is_edit(name, other)), None)


_LONG = 6


def _member_meant(name: str, members: tuple[str, ...]) -> str | None:
    """The member that is most similar to a name that no member has; other names are methods."""
    if not name.isupper() or name in members:
        return None
    # As below, only who makes mistakes needs the library.
    from difflib import SequenceMatcher

    return max(members, key=lambda member: SequenceMatcher(None, name, member).ratio())


_WORD = late(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def _is_slip(name: str, other: str) -> bool:
    """Whether two names differ in one word, or only in capitals: names that a later Dagster may add
    have other words."""
    if name.lower() == other.lower():
        return True
    words, its_words = _WORD.findall(name), _WORD.findall(other)
    differing = [pair for pair in zip(words, its_words, strict=False) if pair[0] != pair[1]]
    return len(words) == len(its_words) and len(differing) == 1
