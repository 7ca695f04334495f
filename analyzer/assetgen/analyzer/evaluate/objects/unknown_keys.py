"""Entries whose key is one of several, or not known at all."""

from __future__ import annotations

from collections.abc import Container, Hashable
from typing import TYPE_CHECKING

from assetgen.analyzer.evaluate.journal import changing_mapping
from assetgen.analyzer.evaluate.objects.doubts import make_doubt
from assetgen.analyzer.evaluate.objects.namespaces import NamedEntries, put_doubts
from assetgen.analyzer.evaluate.values import (
    Choice,
    Constant,
    Mapping,
    Sequence,
    Unknown,
    Value,
    made_next,
    options_of,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def put_unknown(machine: Machine, mapping: Mapping, index: Value, new: Value, site: Site) -> None:
    """`mapping[index] = new`, for a key that is not known: each entry that it may mean may be
    replaced, and others may be there."""
    unknown = _entry_of(machine, index, site)
    condition = index.condition if isinstance(index, Choice) else unknown
    keys = _keys(machine, index)
    is_any = None in keys and not _are_globals(mapping)
    for key in keys_meant(machine, mapping, index) if is_any else keys:
        if key in mapping.entries and key is not None:
            name, value = mapping.entries[key]
            machine.write(mapping.entries, key, (name, machine.join([value, new], condition)))
    _add(machine, mapping, index, new, unknown)
    put_doubts(machine, mapping)


def set_unknown_default(
    machine: Machine, mapping: Mapping, index: Value, default: Value, site: Site
) -> Value:
    """`mapping.setdefault(index, default)`, likewise: no entry is replaced, and one of them may be
    given."""
    unknown = _entry_of(machine, index, site)
    keys = _keys(machine, index)
    wanted = keys_meant(machine, mapping, index) if None in keys else keys
    since = made_next()
    found = [mapping.entries[key][1] for key in wanted if key in mapping.entries]
    if None in keys and mapping.losses:
        found.append(unknown)
    _add(machine, mapping, index, default, unknown)
    return machine.join([*found, default], unknown, since)


def doubt_values(
    machine: Machine, mapping: Mapping, unknown: Unknown, sure: Container[Hashable] = ()
) -> None:
    """Something `unknown` may have replaced the value of any entry, but for those that are
    `sure`."""
    for key, (name, value) in list(mapping.entries.items()):
        if key not in sure:
            either = machine.join([value, unknown], unknown)
            machine.write(mapping.entries, key, (name, either))


def keys_meant(machine: Machine, mapping: Mapping, index: Value) -> list[Hashable]:
    """The keys that an index which is not known may be equal to: one that is a tuple only to those
    that have the same parts, as far as these are known."""
    return [
        key
        for key, (name, _) in mapping.entries.items()
        if any(_may_equal(machine, option, name) for option in options_of(index))
    ]


def _may_equal(machine: Machine, one: Value, other: Value) -> bool:
    first, second = _parts(one), _parts(other)
    if first is None or second is None:
        if isinstance(other, Constant) and first is not None:
            return False
        keys = machine.hash_key(one), machine.hash_key(other)
        return None in keys or keys[0] == keys[1]
    return len(first) == len(second) and all(
        _may_equal(machine, *pair) for pair in zip(first, second, strict=True)
    )


def _parts(value: Value) -> list[Value] | None:
    is_known = isinstance(value, Sequence) and value.kind == "tuple" and not value.losses
    return value.items if isinstance(value, Sequence) and is_known else None


def _are_globals(mapping: Mapping) -> bool:
    """Whether the entries are the globals of a module: that one of its imports or functions is
    replaced there is not to be expected."""
    return isinstance(mapping.entries, NamedEntries) and mapping.entries.owner is None


def _entry_of(machine: Machine, index: Value, site: Site) -> Unknown:
    return machine.unknown("unsupported", "an entry whose key is unknown", site, index)


def _keys(machine: Machine, index: Value) -> list[Hashable | None]:
    return [machine.hash_key(option) for option in options_of(index)]


def _add(machine: Machine, mapping: Mapping, index: Value, new: Value, unknown: Unknown) -> None:
    """Put the entries that are not there yet, of which only one is, if any."""
    options = {machine.hash_key(option): option for option in options_of(index)}
    fresh = {key: one for key, one in options.items() if key not in mapping.entries}
    changing_mapping(machine.journals, mapping)
    if fresh.pop(None, None) is not None:
        mapping.losses.append(unknown)
    for key, option in fresh.items():
        machine.put(mapping, key, (option, new))
    lacking = [
        {each for key, option in fresh.items() if key != own for each in (key, id(option))}
        for own in options
    ]
    if any(lacking) and isinstance(index, Choice):
        mapping.losses.append(make_doubt(index.condition, lacking, tuple(fresh.values())))
