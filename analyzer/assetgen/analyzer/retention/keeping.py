"""An analysis that continues from what an earlier process found out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.values import made_next, make_younger
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.locations.load_targets import LoadTarget
from assetgen.analyzer.retention.kept import KeptLocation
from assetgen.analyzer.retention.location import Location
from assetgen.analyzer.retention.pickling import constants
from assetgen.analyzer.retention.reach import Reach
from assetgen.analyzer.retention.restoring import NotRestoredError, evaluation_of

_Evaluation = TypeVar("_Evaluation")


@dataclass(frozen=True, slots=True)
class Kept:
    """What an analysis leaves for the next one: modules by code location, and the age of the newest
    value."""

    locations: tuple[KeptLocation, ...] = ()
    age: int = 0


class Keeping:
    """Takes over what was kept of code locations, and keeps it again.

    `changed` are the files and folders whose contents have changed, `arrived` the modules that have
    been added or removed. `read` gives the bytes of the other files.
    """

    def __init__(
        self,
        kept: Kept | None = None,
        changed: Collection[str] = (),
        read: Callable[[Path], bytes] | None = None,
        arrived: Collection[Path] = (),
    ) -> None:
        self._kept = {each.target: each for each in kept.locations} if kept is not None else {}
        self._changed = changed
        self._read = read
        self._arrived = arrived
        self._locations: dict[LoadTarget, Location] = {}
        self._made: dict[LoadTarget, Any] = {}
        make_younger(kept.age if kept is not None else 0)

    def trusted(
        self,
        targets: Sequence[LoadTarget],
        evaluate: Callable[[Mapping[LoadTarget, Any]], tuple[_Evaluation, ...]],
    ) -> tuple[_Evaluation, ...]:
        """What `evaluate` gives for the code locations: it is told what is known of those that no
        change reaches.

        If what was kept may have made it wrong, it is what `evaluate` gives without. Then nothing
        is kept any more.
        """
        try:
            made = evaluate(dict(self._known(targets)))
            is_right = self._settle()
        except NotRestoredError:
            is_right = False
        if not is_right:
            self._kept = {}
            self._locations = {}
            made = evaluate({})
            self._settle()
        self._made = dict(zip(targets, made, strict=True))
        return made

    def _known(self, targets: Iterable[LoadTarget]) -> Iterator[tuple[LoadTarget, Any]]:
        reach = Reach(self._changed, self._arrived)
        for target in targets:
            kept = self._kept.get(repr(target))
            if kept is not None and kept.evaluation and not kept.is_reached(reach):
                yield target, evaluation_of(kept)

    def _settle(self) -> bool:
        settled = [location.settle() for location in self._locations.values()]
        return all(settled)

    def prepare(self, target: LoadTarget, machine: Machine) -> Machine:
        """Let the machine of a code location use what was kept of it."""
        location = self._locations[target] = Location(target)
        kept = self._kept.get(repr(target))
        if kept is not None and self._read is not None:
            location.restore(kept, self._changed, self._read, self._arrived)
        return location.prepare(machine)

    @property
    def locations(self) -> Mapping[LoadTarget, Location]:
        """What is known about the code locations that were evaluated."""
        return self._locations

    def kept(self) -> Kept:
        """What the next process can use; to be asked once everything was made."""
        known = constants()
        found: list[KeptLocation | None] = []
        for target, made in self._made.items():
            location = self._locations.get(target)
            if location is None:
                found.append(self._kept[repr(target)])
            else:
                # A change nearly always reaches an only location.
                evaluation = made if len(self._made) > 1 else None
                found.append(location.kept(known, evaluation))
        return Kept(tuple(each for each in found if each is not None), made_next())
