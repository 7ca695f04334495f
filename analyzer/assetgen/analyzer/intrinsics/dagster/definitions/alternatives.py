"""Several `Definitions` of which only one counts, by an unknown condition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from assetgen.analyzer.evaluate.values import Choice, Unknown, Value, options_of
from assetgen.analyzer.intrinsics.dagster.collecting import under
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue, SourceAssetValue
from assetgen.analyzer.intrinsics.dagster.declared.definitions import (
    AssetLike,
    DefinitionsValue,
    LazyDefinitionsValue,
    ResourceBinding,
)
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobValue, ScheduleValue, SensorValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.model.dataclass import dataclass, field

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site

_Member = TypeVar("_Member", bound=AssetLike | JobValue | ScheduleValue | SensorValue)


class Alternatives(NamedTuple):
    """The `Definitions` that a value may be, joined into one, and what else it may be."""

    definitions: DefinitionsValue | None
    others: tuple[Value, ...]


def alternatives(
    machine: Machine, value: Value, settle: Callable[[Value], Value] = lambda option: option
) -> Alternatives:
    """What each of the `Definitions` holds is certain, what only some hold exists on a condition.

    `settle` gives what an option stands for: see `settled`.
    """
    condition = value.condition if isinstance(value, Choice) else None
    options: list[Value] = []
    for settled in map(settle, options_of(value)):
        if isinstance(settled, Choice) and condition is None:
            condition = settled.condition
        options += options_of(settled)
    found = [option for option in options if isinstance(option, DefinitionsValue)]
    others = tuple(option for option in options if not isinstance(option, DefinitionsValue))
    if not found or condition is None:
        return Alternatives(found[0] if found else None, others)
    return Alternatives(_joined(machine, found, condition, len(options)), others)


def only_if(
    machine: Machine, definitions: DefinitionsValue, condition: Unknown
) -> DefinitionsValue:
    """`Definitions` that only count under a condition."""
    return _joined(machine, [definitions], condition, count=2)


def settled(machine: Machine, value: Value, arguments: list[Value], site: Site) -> Value:
    """What a function decorated with `@definitions` returns; any other value itself."""
    is_function = isinstance(value, LazyDefinitionsValue)
    return machine.call(value, arguments, {}, site) if is_function else value


def may_be(value: Value, kind: type[Value]) -> bool:
    """Whether a value, or one of its options, is of a kind."""
    return any(isinstance(option, kind) for option in options_of(value))


def _joined(
    machine: Machine, found: Sequence[DefinitionsValue], condition: Unknown, count: int
) -> DefinitionsValue:
    """Everything that is in one of `found`; what is in as many as `count` of them is certain."""

    def joined(members: Iterable[tuple[_Member, ...]]) -> tuple[_Member, ...]:
        return tuple(_members(list(members), condition, count))

    def bound(bindings: Iterable[tuple[ResourceBinding, ...]]) -> tuple[ResourceBinding, ...]:
        return bindings_by_key(machine, list(bindings), condition, count)

    executors = (each.executor for each in found)
    return DefinitionsValue(
        site=found[0].site,
        assets=joined(each.assets for each in found),
        checks=joined(each.checks for each in found),
        jobs=joined(each.jobs for each in found),
        schedules=joined(each.schedules for each in found),
        sensors=joined(each.sensors for each in found),
        resources=bound(each.resources for each in found),
        resources_known=all(each.resources_known for each in found) and len(found) == count,
        loggers=bound(each.loggers for each in found),
        executor=next((executor for executor in executors if executor is not None), None),
        losses=tuple(chain.from_iterable(each.losses for each in found)),
        had_elsewhere=tuple(chain.from_iterable(each.had_elsewhere for each in found)),
        name=found[0].name,
    )


@dataclass(slots=True, eq=False)
class _Present(Generic[_Member]):
    """A member, and which of the `Definitions` hold it."""

    member: _Member
    holders: set[int] = field(default_factory=set)


def _members(
    options: Sequence[tuple[_Member, ...]], condition: Unknown, count: int
) -> Iterator[_Member]:
    found: list[_Present[_Member]] = []
    alike: dict[int, list[_Present[_Member]]] = {}
    for number, members in enumerate(options):
        for member in {id(member): member for member in members}.values():
            known = alike.setdefault(id(getattr(member, "identity", member)), [])
            others = (one for one in known if number not in one.holders)
            present = next((one for one in others if _is_same(one.member, member)), None)
            if present is None:
                present = _Present(member)
                known.append(present)
                found.append(present)
            present.holders.add(number)
    for present in found:
        is_sure = len(present.holders) == count
        yield present.member if is_sure else under(condition, present.member)


def _is_same(one: object, other: object) -> bool:
    """Whether two are the same object, or unchanged copies that loaders made of the same one."""
    if one is other:
        return True
    if isinstance(one, AssetsValue) and isinstance(other, AssetsValue):
        contents = ([(spec.key, spec.attributes) for spec in each.specs] for each in (one, other))
        return next(contents) == next(contents)
    if isinstance(one, _SINGLE) and isinstance(other, _SINGLE):
        return (one.key, one.attributes) == (other.key, other.attributes)
    return False


_SINGLE = (SourceAssetValue, SpecValue)


def bindings_by_key(
    machine: Machine,
    options: Sequence[tuple[ResourceBinding, ...]],
    condition: Unknown,
    count: int,
) -> tuple[ResourceBinding, ...]:
    """The resources of several dictionaries of which only one counts; what `count` of them hold is
    certain."""
    found: dict[str, list[ResourceBinding]] = {}
    for bindings in options:
        for binding in bindings:
            found.setdefault(binding.key, []).append(binding)
    joined: list[ResourceBinding] = []
    for key, same in found.items():
        site, value = same[0].site, machine.join([each.value for each in same], condition)
        is_sure = len(same) == count or site.condition is not None
        joined.append(
            ResourceBinding(key, value, site if is_sure else site.under(site.chain, condition))
        )
    return tuple(joined)
