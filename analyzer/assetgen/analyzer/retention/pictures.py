"""What lists, dictionaries and sets looked like, to find out whether they were changed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from assetgen.analyzer.model.dataclass import dataclass, field

CONTAINERS = (list, dict, set)


class Gallery:
    """The pictures of many modules, each under its name.

    Mostly none has changed, which is cheaper to find out for many of them together.
    """

    def __init__(self) -> None:
        self._blocks: dict[str, _Block] = {}
        self._last = _Block()

    def hang(self, name: str, picture: Picture) -> None:
        """Add the picture of a module, in the place of another one that it has."""
        self.remove(name)
        if len(self._last.pictures) >= _MANY:
            self._last = _Block()
        self._last.pictures[name] = picture
        self._last.together = None
        self._blocks[name] = self._last

    def remove(self, name: str) -> None:
        """Forget the picture of a module, if there is one."""
        block = self._blocks.pop(name, None)
        if block is not None:
            del block.pictures[name]
            block.together = None

    def containers(self, name: str) -> Iterator[object]:
        """What is in the picture of a module."""
        block = self._blocks.get(name)
        return iter(()) if block is None else block.pictures[name].containers

    def changed(self) -> Iterator[str]:
        """The names of those that look different by now."""
        for block in {id(block): block for block in self._blocks.values()}.values():
            if block.together is None:
                block.together = _joined(block.pictures.values())
            if block.together.is_other_now:
                yield from (name for name, each in block.pictures.items() if each.is_other_now)


_MANY = 64
"""So many pictures are looked at together."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """Containers, and what they looked like: those that were empty, the dictionaries, and the lists
    and sets."""

    empty: _Containers
    dicts: _Containers
    others: _Containers
    look: _Look

    @classmethod
    def of(cls, things: Iterable[object]) -> Picture:
        """The containers among some things as they look now."""
        containers: _Containers = [thing for thing in things if type(thing) in CONTAINERS]
        full = list(filter(None, containers))
        dicts = [each for each in full if type(each) is dict]
        others = [each for each in full if type(each) is not dict]
        empty = [each for each in containers if not each]
        return cls(empty, dicts, others, _look(dicts, others))

    @property
    def containers(self) -> Iterator[object]:
        """All the containers."""
        return chain(self.empty, self.dicts, self.others)

    @property
    def is_other_now(self) -> bool:
        """Whether the containers look different by now."""
        return any(self.empty) or _look(self.dicts, self.others) != self.look


_Containers = list[Any]
_Look = tuple[list[Any], ...]


def _look(dicts: _Containers, others: _Containers) -> _Look:
    """The keys and values of dictionaries, the items of lists and sets, and how many each has."""
    return (
        list(map(len, dicts)),
        list(chain.from_iterable(dicts)),
        list(chain.from_iterable(map(dict.values, dicts))),
        list(map(len, others)),
        list(chain.from_iterable(others)),
    )


@dataclass(slots=True, eq=False)
class _Block:
    """The pictures of some modules, and all of them `together` in one."""

    pictures: dict[str, Picture] = field(default_factory=dict)
    together: Picture | None = None


def _joined(pictures: Iterable[Picture]) -> Picture:
    rows = ((each.empty, each.dicts, each.others, *each.look) for each in pictures)
    columns = zip(*rows, strict=True)
    empty, dicts, others, *looks = (list(chain.from_iterable(column)) for column in columns)
    return Picture(empty, dicts, others, tuple(looks))
