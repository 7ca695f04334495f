"""The units of steps that run once per value of a dynamic output."""

from collections.abc import Callable, Mapping, Sequence

from assetgen.runtime.execution.plan import Handle, Plan
from assetgen.runtime.execution.units import Unit
from assetgen.runtime.model.declarations import Step


class Unfolding:
    """The steps whose units depend on which mapping keys a dynamic output will have.

    `mapped` has, for each step that runs once per mapping key, the dynamic output; `deferred`
    has, for each step whose units are not made yet, the dynamic outputs to wait for.
    """

    def __init__(self, plan: Plan) -> None:
        """Follow the dynamic outputs through the steps, which stand in order."""
        self.plan = plan
        self.mapped: dict[str, tuple[str, str]] = {}
        self.deferred: dict[str, set[tuple[str, str]]] = {}
        for step in plan.steps:
            for source in step.inputs:
                if source.unfolds or self.mapped:
                    self.follow(step.name, source.unfolds, source.origins(plan.producers))

    def follow(self, name: str, unfolds: str, origins: Sequence[tuple[str, str]]) -> None:
        """Note what one input of a step means for its units."""
        for origin in origins:
            dynamic = self.mapped.get(origin[0], origin if unfolds else None)
            if dynamic is not None:
                self.deferred.setdefault(name, set()).add(dynamic)
                if unfolds != "collect":
                    self.mapped[name] = dynamic

    def unfold(
        self,
        outcomes: Mapping[str, str],
        mapping_keys: Callable[[str, str], Sequence[str]],
    ) -> list[Unit]:
        """The units of the steps of which all dynamic outputs are now known."""
        units: list[Unit] = []
        known = [
            name
            for name, dynamics in self.deferred.items()
            if all(step in outcomes for step, _ in dynamics)
        ]
        for name in known:
            dynamics = self.deferred.pop(name)
            step = next(step for step in self.plan.steps if step.name == name)
            if any(outcomes[origin] in ("failed", "not run") for origin, _ in dynamics):
                lost = frozenset(origin for origin, _ in dynamics)
                units.append(Unit(step, name + "[?]" * (name in self.mapped), "", lost))
            elif name in self.mapped:
                for key in mapping_keys(*self.mapped[name]):
                    units.append(self.unit(step, key, mapping_keys))
            else:
                units.append(self.unit(step, "", mapping_keys))
        return units

    def unit(self, step: Step, key: str, mapping_keys: Callable[[str, str], Sequence[str]]) -> Unit:
        """The unit of a step for one mapping key, or the one that collects (no key)."""
        gates: list[tuple[tuple[Handle, ...], bool]] = []
        for source in step.inputs:
            handles = [
                handle
                for origin in source.origins(self.plan.producers)
                if origin[0] in self.plan.outputs
                for handle in self.handles(source.unfolds, origin, key, mapping_keys)
            ]
            gates.append((tuple(handles), source.any_suffices))
        waits = {handle[0] for handles, _ in gates for handle in handles}
        waits |= {name for name in self.plan.waits[step.name] if name not in self.mapped}
        name = f"{step.name}[{key}]" if step.name in self.mapped else step.name
        return Unit(step, name, key, frozenset(waits), tuple(gates))

    def handles(
        self,
        unfolds: str,
        origin: tuple[str, str],
        key: str,
        mapping_keys: Callable[[str, str], Sequence[str]],
    ) -> list[Handle]:
        """The outputs of single units that an input means by the output of a step."""
        name, output = origin
        dynamic = self.mapped.get(name, origin if unfolds else None)
        if dynamic is None:
            return [(name, output, "")]
        keys = mapping_keys(*dynamic) if unfolds == "collect" else [key]
        if not keys and not self.is_required(dynamic):
            return [(*dynamic, "")]
        if name in self.mapped:
            return [(f"{name}[{each}]", output, "") for each in keys]
        return [(name, output, each) for each in keys]

    def is_required(self, dynamic: tuple[str, str]) -> bool:
        """Whether a dynamic output counts as made although it was yielded no value."""
        step, output = dynamic
        return self.plan.outputs[step][output].required
