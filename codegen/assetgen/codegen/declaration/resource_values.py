"""The resources that a pipeline needs, and how each of them is made."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from assetgen.analyzer.model.automation import Resource
from assetgen.analyzer.model.functions import FunctionRef
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.model.steps import AssetStep
from assetgen.codegen.declaration.job_arguments import JobArguments
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.link.fragments.expression import Expression, joined
from assetgen.codegen.link.text.literals import literal_text
from assetgen.codegen.plan.plan import Plan
from assetgen.codegen.script.layout import Atom, Tree

DEFAULT_IO_MANAGER = "io_manager"
"""The key of the resource that stores what nothing else does."""


_Place = tuple[Span, tuple[FunctionRef, ...]]


class ResourceUses:
    """The resources that are used: a place that needs each, and the functions of the asset or op
    there and of the graph around it, whose decorators may bring it along."""

    def __init__(self) -> None:
        self.places: dict[str, _Place] = {}
        self._graph: FunctionRef | None = None

    @contextmanager
    def of(self, graph: FunctionRef | None) -> Iterator[None]:
        """What is noted meanwhile is used within a graph."""
        self._graph = graph
        yield
        self._graph = None

    def note(self, key: str, place: Span, asker: FunctionRef | None = None) -> None:
        """Take note of a use; where values are stored by default is always there."""
        if key != DEFAULT_IO_MANAGER:
            askers = tuple(each for each in (asker, self._graph) if each is not None)
            self.places.setdefault(key, (place, askers))


def resource_values(
    plan: Plan, linking: Linking, used: ResourceUses, job: JobArguments | None = None
) -> Iterator[tuple[str, Tree]]:
    """Pairs (key, value) of the resources that are used, each with a place that needs it, and of
    those that they need themselves. What a job brings counts more than what is defined for all."""
    known: dict[str, Resource] = {each.key: each for each in plan.resources}
    places = {(each.key, each.origin) for each in plan.resources}
    counts = Counter(key for key, _ in places)
    needed = {**used.places}
    own_manager = job.resource(DEFAULT_IO_MANAGER) if job is not None else None
    if own_manager is not None:
        yield DEFAULT_IO_MANAGER, Atom(own_manager)
    elif DEFAULT_IO_MANAGER in known:
        needed.setdefault(DEFAULT_IO_MANAGER, (known[DEFAULT_IO_MANAGER].origin.span, ()))
    _add_required(needed, known)
    for key in sorted(needed):
        brought = job.resource(key) if job is not None else None
        if brought is not None:
            yield key, Atom(brought)
            continue
        if key not in known:
            place, askers = needed[key]
            found = (_brought_along(linking, key, each) for each in askers)
            own = next((each for each in found if each is not None), None)
            if own is not None:
                yield key, Atom(own)
            else:
                linking.refuse(f"no resource `{key}` is defined", place)
            continue
        if counts[key] > 1:
            message = f"several code locations define a resource `{key}`: choose one of them"
            linking.refuse(message, known[key].origin.span)
            continue
        value = linking.resource(known[key])
        if value is not None:
            yield key, Atom(value)


def refuse_own_manager(linking: Linking, step: AssetStep) -> None:
    """Refuse what an asset brings along under the key that stores everything."""
    if step.origin is None:
        return
    for given in linking.written(step.origin, step.definition.function, "resource_defs"):
        keys = given.keys if isinstance(given, ast.Dict) else [None]
        names = {each.value for each in keys if isinstance(each, ast.Constant)}
        if DEFAULT_IO_MANAGER in names:
            message = f"`{step.name}` brings an `{DEFAULT_IO_MANAGER}` for itself"
            linking.refuse(f"{message}: give it another key", step.origin.span)
        elif None in keys:
            message = f"`{step.name}` brings resources that are not written out"
            others = f"{message}: an `{DEFAULT_IO_MANAGER}` among them is not heeded"
            linking.warn(others, step.origin.span)


def _brought_along(linking: Linking, key: str, asker: FunctionRef) -> Expression | None:
    """A resource that the decorator of an asset defines for it alone."""
    if key.endswith(_OWN_MANAGER):
        manager = linking.argument(asker, "io_manager_def")
        if manager is not None:
            return manager
    own = linking.argument(asker, "resource_defs", key)
    if own is not None:
        return own
    resources = linking.argument(asker, "resource_defs")
    return joined(resources, f"[{literal_text(key)}]") if resources is not None else None


# How Dagster calls the IO manager that an asset brings along.
_OWN_MANAGER = f"__{DEFAULT_IO_MANAGER}"


def _add_required(needed: dict[str, _Place], known: Mapping[str, Resource]) -> None:
    """Add what the needed resources need in turn."""
    waiting = [*needed]
    while waiting:
        resource = known.get(waiting.pop())
        if resource is not None:
            for key in resource.required:
                if key not in needed:
                    needed[key] = resource.origin.span, ()
                    waiting.append(key)
