"""Names in the linked module: everybody's own where possible, and no two alike."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Collection, Container, Hashable, Iterable, Iterator, Mapping

from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something to be named: the name it would like, and the module that it comes from.

    `shadows` gives pairs (name as written, local names there) of the places that mention it and
    may have a name among their local ones: where it is written otherwise, it must not be called
    like that. `written` are all the names that places mention it by.
    """

    target: Hashable
    name: str
    module: str
    written: Collection[str] = ()
    shadows: Callable[[str], Iterable[tuple[str, Container[str]]]] = lambda _: ()


def named(wanted: Iterable[Wanted], reserved: Iterable[str]) -> Mapping[Hashable, str]:
    """A name for each, the earlier ones choosing first; none is in `reserved`."""
    taken = {*reserved, *keyword.kwlist}
    names: dict[Hashable, str] = {}
    for each in wanted:
        name = each.name
        if name in taken or _is_hidden(each, name):
            name = next(
                candidate
                for candidate in _candidates(each)
                if candidate not in taken and not _is_hidden(each, candidate)
            )
        taken.add(name)
        names[each.target] = name
    return names


def _candidates(wanted: Wanted) -> Iterator[str]:
    """The name with more and more of the module before it, then numbered."""
    underscores = wanted.name[: len(wanted.name) - len(wanted.name.lstrip("_"))]
    bare = wanted.name[len(underscores) :] or "_"
    parts = [part for part in re.split(r"\W+", wanted.module) if part]
    for length in range(1, len(parts) + 1):
        prefix = "_".join(parts[-length:]).strip("_")
        if prefix:
            upper = prefix.upper() if bare.isupper() else prefix
            yield f"{underscores}{upper}_{bare}"
    number = 2
    while True:
        yield f"{wanted.name}_{number}"
        number += 1


def _is_hidden(wanted: Wanted, candidate: str) -> bool:
    written = wanted.written
    if not written or (len(written) == 1 and candidate in written):
        return False
    return any(
        candidate in around for name, around in wanted.shadows(candidate) if name != candidate
    )
