"""Dictionaries of names, as `globals()` and `vars()` give them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Final

from assetgen.analyzer.evaluate.objects.doubted_names import (
    BESIDE,
    doubt_of_name,
    doubts_in,
    with_doubts,
    written,
)
from assetgen.analyzer.evaluate.objects.doubts import (
    absent,
    beyond,
    doubt,
    doubt_of_key,
    make_doubt,
    may_be_absent,
    or_instead,
)
from assetgen.analyzer.evaluate.values import (
    Choice,
    Class,
    Constant,
    Function,
    Instance,
    Mapping,
    Sequence,
    Unknown,
    Value,
    options_of,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.journal import Journal
    from assetgen.analyzer.evaluate.machine import Machine

Entry = tuple[Value, Value]


def namespace(names: dict[str, Value]) -> Mapping:
    """A dictionary of `names`; what is set in it, or removed from it, changes `names` too.

    A name bound later is not in it: code that wants to see it calls `globals()` again.
    """
    return Mapping(entries=NamedEntries(names), losses=doubts_of_names(names))


def doubts_of_names(names: dict[str, Value]) -> list[Unknown]:
    """The losses of a dictionary of names, some of which may only exist under an unknown
    condition."""
    doubts = doubts_in(names)
    losses: list[Unknown] = []
    for name in doubts.by_name:
        condition = doubts.of(name, names.get(name))
        if condition is not None:
            losses.append(make_doubt(condition, [(("constant", name),), ()], ()))
    return losses


def namespace_of(machine: Machine, instance: Instance) -> Mapping:
    """The same for the attributes of an object, some of which may only exist under an unknown
    condition."""
    mapping = Mapping(entries=NamedEntries(instance.attributes, instance))
    others = mapping.entries.pop(("constant", OTHERS), None)
    if others is not None:
        instance.attributes[OTHERS] = others[1]
        mapping.losses.extend(each for each in others[1:] if isinstance(each, Unknown))
    for key, (name, value) in list(mapping.entries.items()):
        if isinstance(value, Choice) and may_be_absent(value):
            dict.__setitem__(mapping.entries, key, (name, or_instead(machine, value, None)))
            mapping.losses.append(make_doubt(value.condition, [{key, id(name)}], (name,)))
    return mapping


def from_names(names: dict[str, Value]) -> Mapping:
    """A dictionary of names, as `vars()` gives it."""
    mapping = Mapping(losses=doubts_of_names(names))
    for name, item in written(names):
        mapping.entries[("constant", name)] = (Constant(name), item)
    return mapping


def sorted_names(names: dict[str, Value]) -> Sequence:
    """A list of names as `dir()` gives it."""
    found = sorted(names.keys() - {BESIDE})
    items: list[Value] = [Constant(name) for name in found]
    doubted = [
        doubt(condition, [[item], []])
        for item, name in zip(items, found, strict=True)
        if (condition := doubt_of_name(names, name)) is not None
    ]
    return Sequence("list", items, [*doubted])


def put_doubts(machine: Machine, mapping: Mapping) -> None:
    """After entries that may not exist were merged into a dictionary of names, it is in doubt, too,
    whether there are such names."""
    entries = mapping.entries
    if not isinstance(entries, NamedEntries):
        return
    others = beyond(mapping.losses)
    if others and entries.owner is not None:
        put_others(machine, entries.owner, others[0])
    for name, value in mapping.text_entries():
        doubt = doubt_of_key(mapping, ("constant", name))
        if doubt is not None:
            _doubt_name(machine, entries, name, value, doubt.condition)


def put_others(machine: Machine, instance: Instance, unknown: Unknown) -> None:
    """Attributes whose names are not known were set on an object: any of them."""
    for name, value in list(instance.attributes.items()):
        machine.put_attribute(instance, name, machine.join([value, unknown], unknown))
    machine.put_attribute(instance, OTHERS, unknown)


def put_unnamed(machine: Machine, owner: Value, new: Value, unknown: Unknown) -> None:
    """An attribute whose name is not known was set: of a class any but its methods, which are
    seldom replaced."""
    if isinstance(owner, Instance):
        put_others(machine, owner, unknown)
    if not isinstance(owner, Class):
        return
    for name, value in list(written(owner.namespace)):
        if not name.startswith("__") and not isinstance(value, Function):
            machine.bind(owner.namespace, name, machine.join([value, new], unknown))


OTHERS: Final = "_<others>_"
"""Among the attributes of an object: that there may be any others."""


def _doubt_name(
    machine: Machine, entries: NamedEntries, name: str, value: Value, condition: Unknown
) -> None:
    if entries.owner is not None:
        may_be = machine.join([*options_of(value), absent(condition)], condition)
        machine.put_attribute(entries.owner, name, may_be)
        return
    doubts = with_doubts(entries.names, {name: (value, condition)})
    if doubts is not None:
        machine.bind(entries.names, BESIDE, doubts)


class LossesOfModule(list[Unknown]):
    """What is lost among the globals of a module may be any name: one of its `stars`."""

    __slots__ = ("stars",)

    def __init__(self, stars: list[str], doubts: Iterable[Unknown] = ()) -> None:
        super().__init__(doubts)
        self.stars = stars

    def append(self, loss: Unknown) -> None:
        super().append(loss)
        if _ANY not in self.stars:
            self.stars.append(_ANY)

    def extend(self, losses: Iterable[Unknown]) -> None:
        for loss in losses:
            self.append(loss)


_ANY = "builtins.exec"


class NamedEntries(dict[Hashable, Entry]):
    """The entries of a dictionary of names, which are those of `owner` if that is an object."""

    __slots__ = ("names", "owner")

    def __init__(self, names: dict[str, Value], owner: Instance | None = None) -> None:
        super().__init__(
            (("constant", name), (Constant(name), value)) for name, value in written(names)
        )
        self.names = names
        self.owner = owner

    def note(self, journal: Journal, key: Hashable) -> None:
        """To be called before an entry is written or erased: the name is remembered."""
        name = self[key][0] if key in self else key[1] if isinstance(key, tuple) else None
        name = name.value if isinstance(name, Constant) else name
        if self.owner is not None:
            journal.note_object(self.owner)
            journal.note(self.names, name)
        else:
            journal.note_name(self.names, name)

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
