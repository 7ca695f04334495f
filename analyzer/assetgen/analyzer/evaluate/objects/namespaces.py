"""Dictionaries of names, as `globals()` and `vars()` give them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.objects.doubts import make_doubt, may_be_absent, or_instead
from assetgen.analyzer.evaluate.values import Choice, Constant, Mapping, Unknown, Value

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine

Entry = tuple[Value, Value]


def namespace(names: dict[str, Value]) -> Mapping:
    """A dictionary of `names`; what is set in it, or removed from it, changes `names` too.

    A name bound later is not in it: code that wants to see it calls `globals()` again.
    """
    return Mapping(entries=_Entries(names))


def namespace_in_doubt(machine: Machine, names: dict[str, Value]) -> Mapping:
    """The same for the attributes of an object, some of which may only exist under an unknown
    condition."""
    mapping = namespace(names)
    for key, (name, value) in list(mapping.entries.items()):
        if isinstance(value, Choice) and may_be_absent(value):
            dict.__setitem__(mapping.entries, key, (name, or_instead(machine, value, None)))
            mapping.losses.append(make_doubt(value.condition, [{key, id(name)}], (name,)))
    return mapping


def from_names(names: dict[str, Value]) -> Mapping:
    """A dictionary of names, as `vars()` gives it."""
    mapping = Mapping()
    for name, item in names.items():
        mapping.entries[("constant", name)] = (Constant(name), item)
    return mapping


class LossesOfModule(list[Unknown]):
    """What is lost among the globals of a module may be any name: one of its `stars`."""

    __slots__ = ("stars",)

    def __init__(self, stars: list[str]) -> None:
        super().__init__()
        self.stars = stars

    def append(self, loss: Unknown) -> None:
        super().append(loss)
        if _ANY not in self.stars:
            self.stars.append(_ANY)

    def extend(self, losses: Iterable[Unknown]) -> None:
        for loss in losses:
            self.append(loss)


_ANY = "builtins.exec"


class _Entries(dict[Hashable, Entry]):
    __slots__ = ("names",)

    def __init__(self, names: dict[str, Value]) -> None:
        super().__init__(
            (("constant", name), (Constant(name), value)) for name, value in names.items()
        )
        self.names = names

    def __setitem__(self, key: Hashable, entry: Entry) -> None:
        super().__setitem__(key, entry)
        name, value = entry
        if isinstance(name, Constant) and isinstance(name.value, str):
            self.names[name.value] = value

    def pop(self, key: Hashable, *default: Entry) -> Entry:  # type: ignore[override]
        if key in self:
            name = self[key][0]
            if isinstance(name, Constant) and isinstance(name.value, str):
                self.names.pop(name.value, None)
        return super().pop(key, *default)

    def setdefault(self, key: Hashable, entry: Entry) -> Entry:
        if key not in self:
            self[key] = entry
        return self[key]
