"""The places at which a code location holds definitions."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as ReadOnlySet
from operator import attrgetter

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Declared
from assetgen.analyzer.model.spans import Origin


class Reached:
    """Some places, and those of values, which are made when they are asked for."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: ReadOnlySet[Origin], values: Iterable[Declared] = ()) -> None:
        self._places = places
        self._values = values

    def among(self, asked: ReadOnlySet[Origin]) -> set[Origin]:
        """Which of the places that are asked for, which are few, are reached."""
        lines = {origin.span.line for origin in asked}
        sites: Iterable[Site] = map(attrgetter("site"), self._values)
        near = (site for site in sites if site.line in lines or site.module.is_description)
        return {*(self._places & asked), *(site.origin for site in near if site.origin in asked)}

    def places(self) -> frozenset[Origin]:
        """All of them."""
        sites: Iterable[Site] = map(attrgetter("site"), self._values)
        return frozenset((*self._places, *(site.origin for site in sites)))
