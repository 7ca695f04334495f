"""Inputs that no asset feeds: which they are, and which rule reports each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assetgen.analyzer.lint.knowledge import Knowledge
from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Related
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.steps import AssetStep, Input


@dataclass(frozen=True, slots=True)
class UnmatchedInput:
    """A dependency that loads a value, on a key that nothing in its location defines.

    `input` is the parameter, if the step that has it is known.
    """

    asset: Asset
    dependency: Dependency
    input: Input | None
    knowledge: Knowledge

    @property
    def near(self) -> tuple[Asset, ...]:
        """The assets that may be meant, most similar first; never the one that has the input."""
        near = self.knowledge.near.near_to(self.dependency.declared)
        return tuple(self.knowledge.defined[key] for key in near if key != self.asset.key)

    @property
    def is_certain(self) -> bool:
        """Whether Dagster must refuse to load the location.

        As long as not all resources are known, a parameter with an annotation may be one; and as
        long as `ins` is not known, any parameter may mean another asset.
        """
        if "deps" in self.asset.unknown:
            return False
        is_input = self.knowledge.resources_known or self.input is None or not self.input.annotation
        return is_input and self.knowledge.is_complete and self.asset.conditional is None

    @property
    def reservation(self) -> str:
        """What to add to the message of a finding that is not certain."""
        return "" if self.knowledge.is_complete else "; but not every definition could be read"

    @property
    def rule(self) -> str:
        """The rule that explains best why the parameter is an input, or why nothing matches it."""
        if has_slash(self.dependency.declared):
            return "slash-in-key"
        if len(assets_of_that_name(self.dependency.declared, self.asset, self.knowledge)) > 1:
            return "ambiguous-name"
        mistaken = _mistaken_for_input(self.input)
        return mistaken if mistaken and not self.near else "unresolved-input"


def unmatched_inputs(knowledge: Knowledge) -> Iterator[UnmatchedInput]:
    """Every unmatched input of a location."""
    unmatched = [each for each in knowledge.unmatched if each[1].loads_value]
    steps = {step.name: step for step in knowledge.location.steps} if unmatched else {}
    for asset, dependency in unmatched:
        yield UnmatchedInput(
            asset=asset,
            dependency=dependency,
            input=_input_of(steps.get(asset.step or ""), dependency),
            knowledge=knowledge,
        )


def assets_of_that_name(wanted: AssetKey, asset: Asset, knowledge: Knowledge) -> tuple[Asset, ...]:
    """The assets among which Dagster looks for a key without a prefix: those in the group of
    `asset` that end in it. If there is only one, it is meant; if there are several, none is."""
    if len(wanted.parts) > 1 or "group_name" in asset.unknown:
        return ()
    others = (knowledge.defined[key] for key in knowledge.near.named(wanted.name))
    return tuple(
        other
        for other in others
        if other.group_name == asset.group_name and "group_name" not in other.unknown
    )


def has_slash(key: AssetKey) -> bool:
    """Whether a part of the key has a slash, so that it was probably meant as several parts."""
    return any("/" in part for part in key.parts)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may be meant instead: the end of a message, and the places of those assets."""

    message: str
    related: tuple[Related, ...]


def proposal(near: Sequence[Asset]) -> Proposal:
    """At most three assets, as suggestions."""
    if not near:
        return Proposal("", ())
    shown = near[:3]
    names = " or ".join(f"`{asset.key}`" for asset in shown)
    related = tuple(Related(f"`{asset.key}` is defined here", asset.origin.span) for asset in shown)
    return Proposal(f"; did you mean {names}?", related)


def _input_of(step: AssetStep | None, dependency: Dependency) -> Input | None:
    if step is None:
        return None
    fed = {each.input for each in step.inputs if each.declared == dependency.declared}
    return next((each for each in step.definition.inputs if each.name in fed), None)


def _mistaken_for_input(parameter: Input | None) -> str | None:
    """The rule for a parameter that was certainly not meant to be an input."""
    if parameter is None:
        return None
    annotation = (parameter.annotation or "").strip("\"'").rpartition(".")[2]
    is_context = annotation.endswith("ExecutionContext") or (
        parameter.annotation is None and parameter.name in ("ctx", "_ctx", "ctx_", "contxt")
    )
    if is_context:
        return "context-name"
    return "default-arg" if parameter.has_default else None
