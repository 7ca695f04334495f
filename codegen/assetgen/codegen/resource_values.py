"""The resources that a pipeline needs, and how each of them is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from assetgen.analyzer.model.automation import Resource
from assetgen.analyzer.model.spans import Span
from assetgen.codegen.layout import Atom, Tree
from assetgen.codegen.linking import Linking
from assetgen.codegen.plan import Plan

DEFAULT_IO_MANAGER = "io_manager"
"""The key of the resource that stores what nothing else does."""


def resource_values(
    plan: Plan, linking: Linking, used: Mapping[str, Span]
) -> Iterator[tuple[str, Tree]]:
    """Pairs (key, value) of the resources that are used, each with a place that needs it, and of
    those that they need themselves."""
    known: dict[str, Resource] = {each.key: each for each in plan.resources}
    places = {(each.key, each.origin) for each in plan.resources}
    counts = Counter(key for key, _ in places)
    needed = {**used}
    if DEFAULT_IO_MANAGER in known:
        needed.setdefault(DEFAULT_IO_MANAGER, known[DEFAULT_IO_MANAGER].origin.span)
    _add_required(needed, known)
    for key in sorted(needed):
        if key not in known:
            linking.refuse(f"no resource `{key}` is defined", needed[key])
            continue
        if counts[key] > 1:
            message = f"several code locations define a resource `{key}`: choose one of them"
            linking.refuse(message, known[key].origin.span)
            continue
        value = linking.resource(known[key])
        if value is not None:
            yield key, Atom(value)


def _add_required(needed: dict[str, Span], known: Mapping[str, Resource]) -> None:
    """Add what the needed resources need in turn."""
    waiting = [*needed]
    while waiting:
        resource = known.get(waiting.pop())
        if resource is not None:
            for key in resource.required:
                if key not in needed:
                    needed[key] = resource.origin.span
                    waiting.append(key)
