"""unreached-definition: something defined that no Definitions object reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.lint.evidence import Evidence
from assetgen.analyzer.lint.rule import Rule
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Related, Severity
from assetgen.analyzer.model.keys import key_shown_as
from assetgen.analyzer.model.pipeline import Unreached


def check(evidence: Evidence) -> Iterator[Diagnostic]:
    lost: list[Unreached] = []
    certain: list[Unreached] = []
    jobs_lost = any("jobs" in location.unknown for location in evidence.pipeline.locations)
    for each in _unreached(evidence):
        is_lost = evidence.definitions_lost or (jobs_lost and each.kind in _OF_JOBS)
        (lost if is_lost else certain).append(each)
    yield from _unless_lost(lost)
    for each in certain:
        yield diagnostic(
            "unreached-definition",
            f"no Definitions reaches {each.kind} `{each.name}`: Dagster does not load it",
            each.origin.span,
            related=tuple(
                Related("it is made by the call here", span) for span in each.origin.chain
            ),
        )


def _unreached(evidence: Evidence) -> Iterator[Unreached]:
    unreached = evidence.pipeline.unreached
    held = _assets_called({each.name for each in unreached if each.kind in _OF_ASSETS}, evidence)
    for each in unreached:
        kinds = held.get(each.name, ()) if each.kind in _OF_ASSETS else ()
        # It is reached as what it was made into: a source asset, or a spec. What depends on a
        # source needs nothing of it but its key.
        if not ("external" in kinds or (kinds and each.kind == "source asset")):
            yield each


_OF_ASSETS = ("asset", "source asset")
_OF_JOBS = ("job", "schedule", "sensor")


def _assets_called(names: set[str], evidence: Evidence) -> dict[str, list[str]]:
    """The kinds of the assets by their keys, for some keys as they are shown."""
    found: dict[str, list[str]] = {}
    for location in evidence.locations if names else ():
        for name in names:
            asset = location.assets.get(key_shown_as(name))
            if asset is not None:
                found.setdefault(name, []).append(asset.kind)
    return found


def _unless_lost(unreached: Iterable[Unreached]) -> Iterator[Diagnostic]:
    """One note for each file: what could not be read may well be the list that holds them all."""
    files: dict[str, list[Unreached]] = {}
    for each in unreached:
        files.setdefault(each.origin.span.path, []).append(each)
    for found in files.values():
        named = [f"{each.kind} `{each.name}`" for each in found[:_NAMED]]
        if len(found) > _NAMED:
            named.append(f"{len(found) - _NAMED} more")
        shown = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
        yield diagnostic(
            "unreached-definition",
            f"no Definitions reaches {shown}, as far as Definitions can be read",
            found[0].origin.span,
            severity=Severity.INFO,
            related=tuple(
                Related(f"{each.kind} `{each.name}`", each.origin.span) for each in found[1:]
            ),
        )


_NAMED = 3


RULE = Rule("unreached-definition", check)
