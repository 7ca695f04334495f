"""Names that Dagster does not have, and that are most likely misspelt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from assetgen.analyzer.intrinsics.dagster.refusals.former_names import gone_in
from assetgen.analyzer.model.patterns import late

_LIKENESS = 0.85
_CLASSES = frozenset(
    (
        *("AssetKey", "AssetSelection", "AutomationCondition", "BackfillPolicy"),
        *("FreshnessPolicy", "MetadataValue"),
    )
)
"""The classes all of whose similar members are known."""
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
_ALSO_THERE = frozenset(
    (
        *(
            "AssetChecksDefinition",
            "AssetOrCheckKey",
            "Executor",
            "JobExecutionResult",
            "components",
        ),
        *("PartitionMapping", "PartitionsDefinition", "PipesContextInjector"),
        *("PipesMessageReader", "PipesTempFileContextInjector", "PoolMetadataValue"),
        *("build_asset_check_context", "build_hook_context", "fs_io_manager", "resources"),
    )
)
"""Names without a row that are similar to one with a row."""


def meant_among(members: Callable[[str], Iterable[str]]) -> Callable[[str], str | None]:
    """For a qualified name that Dagster does not have, the function returned gives the similar name
    that it has, and None for any other name.

    `members` gives the names that there are in a package or class.
    """

    @lru_cache(maxsize=len(_CLASSES) + 1)
    def names_in(holder: str) -> list[str]:
        return sorted(each for each in members(holder) if not each.startswith(("<", "_")))

    @lru_cache(maxsize=1024)
    def meant_by(qualname: str) -> str | None:
        return _meant(qualname, names_in)

    return meant_by


def _meant(qualname: str, names_in: Callable[[str], list[str]]) -> str | None:
    package, _, rest = qualname.partition(".")
    if package != "dagster" or not rest:
        return None
    parent, _, name = rest.rpartition(".")
    if parent in ENUMERATIONS:
        return _member_meant(name, ENUMERATIONS[parent])
    if name.startswith("_") or (parent and parent not in _CLASSES):
        return None
    if not parent and (name in _ALSO_THERE or gone_in(qualname) is not None):
        return None
    names = names_in(f"{package}.{parent}" if parent else package)
    if name in names:
        return None
    # Only needed where something is misspelt.
    from difflib import get_close_matches

    alike = get_close_matches(name, names, cutoff=_LIKENESS)
    swapped = (other for other in names if _is_swapped(name, other))
    return next((other for other in alike if _is_slip(name, other)), next(swapped, None))


def _member_meant(name: str, members: tuple[str, ...]) -> str | None:
    """The member that is most similar to a name that no member has; other names are methods."""
    if not name.isupper() or name in members:
        return None
    # As below, only who makes mistakes needs the library.
    from difflib import SequenceMatcher

    return max(members, key=lambda member: SequenceMatcher(None, name, member).ratio())


def _is_swapped(name: str, other: str) -> bool:
    """Whether two neighbouring letters are swapped, which similarity does not find in short
    names."""
    if len(name) != len(other) or name == other:
        return False
    first = next(index for index, letter in enumerate(name) if letter != other[index])
    swapped = name[first : first + 2][::-1]
    return name[:first] + swapped + name[first + 2 :] == other


_WORD = late(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def _is_slip(name: str, other: str) -> bool:
    """Whether two names differ in one word, or only in capitals: names that a later Dagster may add
    have other words."""
    if name.lower() == other.lower():
        return True
    words, its_words = _WORD.findall(name), _WORD.findall(other)
    differing = [pair for pair in zip(words, its_words, strict=False) if pair[0] != pair[1]]
    return len(words) == len(its_words) and len(differing) == 1
