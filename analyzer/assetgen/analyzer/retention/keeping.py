"""An analysis that continues from what an earlier process found out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from assetgen.analyzer.evaluate.machine import Machine
from assetgen.analyzer.evaluate.values import made_next, make_younger
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.code_locations import LoadTarget
from assetgen.analyzer.retention.kept import KeptLocation
from assetgen.analyzer.retention.location import Location
from assetgen.analyzer.retention.pickling import constants
from assetgen.analyzer.retention.restoring import NotRestoredError

_Result = TypeVar("_Result")


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
        self._locations: list[Location] = []
        make_younger(kept.age if kept is not None else 0)

    @property
    def goes_on(self) -> bool:
        """Whether anything that was kept is used."""
        return bool(self._kept)

    def prepare(self, target: LoadTarget, machine: Machine) -> Machine:
        """Let the machine of a code location use what was kept of it."""
        location = Location(target)
        kept = self._kept.get(repr(target))
        if kept is not None and self._read is not None:
            location.restore(kept, self._changed, self._read, self._arrived)
        self._locations.append(location)
        return location.prepare(machine)

    def trusted(self, make: Callable[[], _Result]) -> _Result:
        """What `make` gives; if what was kept may have made it wrong, what it gives without. Then
        nothing is kept any more."""
        try:
            made = make()
            if self._settle():
                return made
        except NotRestoredError:
            pass
        self._kept = {}
        self._locations = []
        made = make()
        self._settle()
        return made

    @property
    def locations(self) -> dict[LoadTarget, Location]:
        """What is known about the code locations that were evaluated."""
        return {location.target: location for location in self._locations}

    def _settle(self) -> bool:
        settled = [location.settle() for location in self._locations]
        return all(settled)

    def kept(self) -> Kept:
        """What the next process can use; to be asked once everything was made."""
        known = constants()
        locations = (location.kept(known) for location in self._locations)
        return Kept(tuple(each for each in locations if each is not None), made_next())
