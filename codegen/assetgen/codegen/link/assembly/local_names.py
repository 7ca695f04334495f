"""Which local names there are where something is mentioned."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from assetgen.codegen.link.assembly.unused_methods import UnusedMethods
from assetgen.codegen.link.fragments.fragment import Fragment, LinkedUse
from assetgen.codegen.link.modules.targets import Target, own_name
from assetgen.codegen.link.text.words import as_words

_Place = tuple[str, Container[str]]


class LocalNames:
    """The names around the places that mention things, looked for once somebody asks."""

    def __init__(
        self,
        fragments: Iterable[Fragment],
        is_library: Callable[[str], bool],
        heard: UnusedMethods,
    ) -> None:
        """`heard` has heard all words of those fragments that are no library's."""
        self._fragments = fragments
        self._is_library = is_library
        self._heard = heard
        self._known: dict[bool, dict[Target, list[_Place]]] = {}

    def around(self, target: Target, candidate: str) -> Sequence[_Place]:
        """By what names places mention something, and the local names there, where `candidate` may
        be one of these."""
        places = self._places(True).get(target, ())
        if self._heard.has_mentioned(as_words((candidate,))):
            return [*places, *self._places(False).get(target, ())]
        return places  # what is no word of the project's code is no local name there

    def _places(self, of_library: bool) -> Mapping[Target, Sequence[_Place]]:
        """The places by what they mention, in the library or outside of it."""
        known = self._known.get(of_library)
        if known is None:
            known = self._known[of_library] = {}
            for fragment in self._fragments:
                if self._is_library(fragment.module.name) is of_library:
                    for linked, around in _places_in(fragment):
                        place = linked.use.name, around
                        known.setdefault(own_name(linked.target), []).append(place)
        return known


def _places_in(fragment: Fragment) -> list[tuple[LinkedUse, Container[str]]]:
    places: list[tuple[LinkedUse, Container[str]]] = [
        (linked, linked.use.around) for linked in fragment.uses if linked.use.around
    ]
    if fragment.inside is not None:
        places += [(linked, fragment.inside.own) for linked in fragment.mentions]
        places += [(linked, fragment.inside.own) for linked, _ in fragment.dotted]
    return places
