"""Configurations of OmegaConf: dictionaries and lists whose strings refer to each other.

`${a.b}` is resolved when it is accessed, from the root or (`${.b}`) relative to its node;
`${oc.env:NAME}` when the configuration is created. Other resolvers are not supported.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.objects.hashing import hash_key
from assetgen.analyzer.evaluate.values import (
    Constant,
    Declared,
    Instance,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.model.dataclass import dataclass, field

_INTERPOLATION: Final = re.compile(r"\$\{([^${}]*)\}")
_STEP: Final = re.compile(r"[^.\[\]]+")
_DEPTH: Final = 20


@dataclass(slots=True, eq=False)
class DictConfig(Declared):
    """A dictionary in a configuration; `data` is what is written, `parent` the node it belongs
    to. A configuration that a class describes has an object of that class as `described`."""

    type_name: ClassVar[str] = "omegaconf.DictConfig"
    data: Mapping = field(default_factory=Mapping)
    parent: DictConfig | ListConfig | None = None
    described: Instance | None = None

    def attribute(self, name: str) -> Value | None:
        return None if name in _METHODS else self.at(("constant", name))

    def at(self, key: Hashable) -> Value | None:
        """The value of a key, by the key's hash key; None if there is none."""
        entry = self.data.entries.get(key)
        return None if entry is None else read(self, entry[1])

    def pairs(self) -> Iterator[tuple[Value, Value]]:
        """The keys and their values."""
        for key, value in list(self.data.entries.values()):
            yield key, read(self, value)


@dataclass(slots=True, eq=False)
class ListConfig(Declared):
    """A list in a configuration."""

    type_name: ClassVar[str] = "omegaconf.ListConfig"
    data: Sequence = field(default_factory=lambda: Sequence("list", []))
    parent: DictConfig | ListConfig | None = None

    def items(self) -> list[Value]:
        """The values, in order."""
        return [read(self, item) for item in self.data.items]


Node = DictConfig | ListConfig
_METHODS: Final = frozenset(("clear", "copy", "get", "items", "keys", "pop", "update", "values"))


def node_of(value: Value, parent: Node | None = None) -> Value:
    """A dictionary or list as a node; anything else unchanged."""
    if isinstance(value, Mapping):
        return DictConfig(value, parent)
    if isinstance(value, Sequence) and value.kind in ("list", "tuple"):
        return ListConfig(value, parent)
    return value


def read(owner: Node, value: Value, depth: int = 0) -> Value:
    """The value of an entry of a node, with its references resolved."""
    if isinstance(value, Constant) and isinstance(value.value, str) and "${" in value.value:
        return _interpolated(owner, value.value, depth)
    return node_of(value, owner)


def _interpolated(owner: Node, text: str, depth: int) -> Value:
    if depth > _DEPTH:
        return Unknown("unsupported", "an interpolation that refers to itself")
    whole = _INTERPOLATION.fullmatch(text)
    if whole is not None:
        return _referred(owner, whole[1], depth)
    lost: list[Value] = []

    def replaced(match: re.Match[str]) -> str:
        found = _referred(owner, match[1], depth)
        if isinstance(found, Constant):
            return str(found.value)
        lost.append(found)
        return ""

    made = text
    while not lost and _INTERPOLATION.search(made):
        made = _INTERPOLATION.sub(replaced, made)
        depth += 1
        if depth > _DEPTH:
            return Unknown("unsupported", "an interpolation that refers to itself")
    if lost:
        return lost[0] if isinstance(lost[0], Unknown) else _not_known(text)
    return _not_known(text) if "${" in made else Constant(made)


def _not_known(text: str) -> Unknown:
    return Unknown("unsupported", f"what {text!r} is in the configuration")


def _referred(owner: Node, reference: str, depth: int) -> Value:
    """The value that `a.b[0]` refers to from the root, `.b` in the same node, `..b` one level
    up."""
    reference = reference.strip()
    if ":" in reference:
        return _not_known(f"${{{reference}}}")
    place: Value = owner
    if reference.startswith("."):
        ups = len(reference) - len(reference.lstrip(".")) - 1
        for _ in range(ups):
            parent = place.parent if isinstance(place, (DictConfig, ListConfig)) else None
            place = parent or place
    else:
        while isinstance(place, (DictConfig, ListConfig)) and place.parent is not None:
            place = place.parent
    return select(place, reference, depth + 1) or _not_known(f"${{{reference}}}")


def select(place: Value, path: str, depth: int = 0) -> Value | None:
    """The value at a path of names and positions; None if there is nothing."""
    for step in _STEP.findall(path):
        if isinstance(place, DictConfig):
            entry = place.data.entries.get(("constant", step))
            entry = entry or place.data.entries.get(hash_key(_number(step)))
            found = None if entry is None else read(place, entry[1], depth)
        elif isinstance(place, ListConfig) and step.isdecimal():
            items = place.data.items
            found = read(place, items[int(step)], depth) if int(step) < len(items) else None
        else:
            found = None
        if found is None:
            return place if isinstance(place, Unknown) else None
        place = found
    return place


def _number(step: str) -> Value:
    return Constant(int(step) if step.isdecimal() else step)


def written(value: Value) -> Value:
    """The data a node is made of; anything else unchanged."""
    return value.data if isinstance(value, (DictConfig, ListConfig)) else value


def plain(value: Value, resolve: bool) -> Value:
    """A node as dictionaries and lists, with its references resolved or left as they are."""
    if isinstance(value, DictConfig):
        made = Mapping(losses=list(value.data.losses))
        for key, (name, item) in value.data.entries.items():
            made.entries[key] = (name, plain(_part(value, item, resolve), resolve))
        return made
    if isinstance(value, ListConfig):
        items = [plain(_part(value, item, resolve), resolve) for item in value.data.items]
        return Sequence("list", items, list(value.data.losses))
    return value


def _part(owner: Node, item: Value, resolve: bool) -> Value:
    return read(owner, item) if resolve else node_of(item, owner)


def merged(left: Value, right: Value) -> Value:
    """Dictionaries merged entry by entry, other values replaced by the later one; nothing is shared
    with the arguments."""
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        made = Mapping(losses=[*left.losses, *right.losses])
        for key, (name, value) in left.entries.items():
            made.entries[key] = (name, copied(value))
        for key, (name, value) in right.entries.items():
            before = made.entries.get(key)
            made.entries[key] = (
                name,
                copied(value) if before is None else merged(before[1], value),
            )
        return made
    return copied(right)


def copied(value: Value) -> Value:
    """Plain dictionaries and lists of the same contents."""
    if isinstance(value, Mapping):
        entries = {key: (name, copied(item)) for key, (name, item) in value.entries.items()}
        return Mapping("dict", entries, list(value.losses))
    if isinstance(value, Sequence):
        return Sequence("list", [copied(item) for item in value.items], list(value.losses))
    return value
