"""Keys of objects that define their own equality, and their hashes."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, ClassVar

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.expressions.relations import equals
from assetgen.analyzer.evaluate.objects.class_equality import is_hashed_by_fields, says_equality
from assetgen.analyzer.evaluate.objects.classes import lookup
from assetgen.analyzer.evaluate.objects.hashing import hash_key
from assetgen.analyzer.evaluate.objects.weight import is_heavy
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    Constant,
    Declared,
    Instance,
    Sequence,
    Value,
)
from assetgen.analyzer.model.dataclass import dataclass

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


@dataclass(slots=True, eq=False)
class Hash(Declared):
    """The result of `hash(value)`, by the key of the value: a number that differs between runs."""

    type_name: ClassVar[str] = "builtins.hash"
    type_bases: ClassVar[tuple[str, ...]] = ("builtins.int",)
    key: Hashable = None

    def hash_key(self) -> Hashable | None:
        return ("hash", self.key)


def key_of(machine: Machine, value: Value) -> Hashable | None:
    """What stands for `value` as a key; methods of the user's are called if there are any."""
    key = hash_key(value)
    if key is not None or not isinstance(value, (Instance, Sequence)) or is_heavy(value):
        return key
    return hash_key(value) if _settled(machine, value) else None


def _settled(machine: Machine, value: Value) -> bool:
    """Whether all objects in a value have keys now."""
    if isinstance(value, Sequence):
        return value.kind in ("tuple", "frozenset") and all(
            hash_key(item) is not None or _settled(machine, item) for item in value.items
        )
    if not isinstance(value, Instance) or not says_equality(value.cls):
        return False
    value.key = _own_key(machine, value)
    return value.key is not None


def _own_key(machine: Machine, value: Instance) -> Hashable | None:
    """The key of an earlier object that is equal, or a new one."""
    site = Site(value.cls.module, value.cls.node)
    method = machine.find_own(value, "__hash__")
    if method is None and not is_hashed_by_fields(value.cls):
        return None
    try:
        made = machine.call(method, [value], {}, site) if method is not None else None
        hashed = hash_key(made) if isinstance(made, (Hash, Constant)) else None
        found = lookup(value.cls, "__eq__")
        known = machine.alike.setdefault((id(found and found[0]), hashed), [])
        for other in known:
            machine.step()
            answer = equals(machine, other, value, site)
            if answer is None:
                return None
            if answer:
                return other.key
    except Raised:
        return None
    known.append(value)
    return ("alike", id(value))
