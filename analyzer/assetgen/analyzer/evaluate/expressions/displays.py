"""List, tuple, set and dictionary displays."""

from __future__ import annotations

import ast
from collections.abc import Callable, Hashable
from collections.abc import Mapping as ReadOnlyMapping
from types import NoneType
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.doubted_pairs import DoubtedPairs
from assetgen.analyzer.evaluate.objects.doubts import (
    Presence,
    beyond,
    doubt_of_key,
    in_any_order,
    make_doubt,
    without_keys,
)
from assetgen.analyzer.evaluate.objects.hashing import is_unhashable
from assetgen.analyzer.evaluate.objects.iteration import ITEMS_PER_STEP, iterated
from assetgen.analyzer.evaluate.objects.namespaces import put_doubts
from assetgen.analyzer.evaluate.objects.unknown_keys import doubt_values, put_unknown
from assetgen.analyzer.evaluate.statements.failures import kind_of
from assetgen.analyzer.evaluate.values import (
    Choice,
    Constant,
    Declared,
    External,
    Instance,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def add_to_set(
    machine: Machine, sequence: Sequence, value: Value, keys: set[Hashable], site: Site
) -> None:
    """Add to a set that is being made, unless something in it is certainly equal; `keys` are those
    of its items."""
    key = machine.hash_key(value)
    if key is None and is_unhashable(value):
        machine.failed("TypeError", f"unhashable type: {kind_of(value)!r}", site)
    if key is None or key not in keys:
        keys.add(key)
        sequence.items.append(value)


def _sequence(kind: str) -> Callable[[Machine, Any, Frame], Value]:
    def evaluate(machine: Machine, node: ast.List | ast.Tuple | ast.Set, frame: Frame) -> Value:
        sequence = Sequence(kind, [])
        keys: set[Hashable] = set()
        for element in node.elts:
            if isinstance(element, ast.Starred):
                site = frame.site(element.value)
                value = iterated(machine, machine.evaluate(element.value, frame), site)
                spread = machine.items(value, site)
                values, losses = spread.values, spread.losses
                if kind == "set":
                    losses = tuple(in_any_order(losses))
                elif isinstance(value, Sequence):
                    losses = machine.losses_in_order(value, site)
            else:
                values, losses = (machine.evaluate(element, frame),), ()
            sequence.losses.extend(losses)
            if kind != "set":
                sequence.items.extend(values)
                continue
            for value in values:
                add_to_set(machine, sequence, value, keys, frame.site(element))
        return sequence

    return evaluate


def _dict(machine: Machine, node: ast.Dict, frame: Frame) -> Value:
    mapping = Mapping()
    for key_node, value_node in zip(node.keys, node.values, strict=True):
        if key_node is None:
            spread = machine.evaluate(value_node, frame)
            if isinstance(spread, (Sequence, Constant)):
                message = f"{kind_of(spread)!r} object is not a mapping"
                mapping.losses.append(
                    machine.failed("TypeError", message, frame.site(value_node), spread)
                )
                continue
            merge(machine, mapping, spread, frame.site(value_node))
            continue
        key = machine.evaluate(key_node, frame)
        value = machine.evaluate(value_node, frame)
        hashed = machine.hash_key(key)
        if hashed is None:
            if is_unhashable(key):
                message = f"unhashable type: {kind_of(key)!r}"
                machine.failed("TypeError", message, frame.site(key_node))
            put_unknown(machine, mapping, key, value, frame.site(key_node))
        elif mapping.losses:
            machine.put(mapping, hashed, (key, value))
        else:
            first = mapping.entries.get(hashed)  # an equal key stays as it was given first
            mapping.entries[hashed] = (key if first is None else first[0], value)
    return mapping


def merge(machine: Machine, mapping: Mapping, other: Value, site: Any) -> None:
    """Put the entries of `other` into `mapping`, as `**other` and `update(other)` do."""
    _merge(machine, mapping, other, site)
    put_doubts(machine, mapping)


def _merge(machine: Machine, mapping: Mapping, other: Value, site: Any) -> None:
    if isinstance(other, Mapping):
        _merge_mapping(machine, mapping, other)
        return
    if isinstance(other, Unknown):
        doubt_values(machine, mapping, other)
        mapping.losses.append(other)
        return
    if isinstance(other, Choice) and all(isinstance(each, Mapping) for each in other.options):
        _merge(machine, mapping, _of_options(machine, other), site)
        return
    if isinstance(other, External) and machine.knows(f"{other.qualname}.copy"):
        other = machine.call(External(f"{other.qualname}.copy"), [], {}, site)  # `os.environ`
        if isinstance(other, (Mapping, Unknown)):
            _merge(machine, mapping, other, site)
            return
    if isinstance(other, (Instance, Declared)) and _merge_by_keys(machine, mapping, other, site):
        return
    _merge_pairs(machine, mapping, other, site)


def _merge_mapping(machine: Machine, mapping: Mapping, other: Mapping) -> None:
    machine.step(len(other.entries) // ITEMS_PER_STEP)
    before = dict(mapping.entries) if other.losses else mapping.entries
    for key, entry in other.entries.items():
        doubt = doubt_of_key(other, key) if other.losses else None
        if doubt is not None and key in before:
            old, value = before[key]
            machine.write(
                mapping.entries, key, (old, machine.join([value, entry[1]], doubt.condition))
            )
        else:
            machine.put(mapping, key, entry)
    if mapping is not other:
        mapping.losses.extend(without_keys(other, before))
        others = beyond(other.losses)
        if others:
            doubt_values(machine, mapping, others[0], other.entries)
        mapping.losses.extend(others)


def _merge_pairs(machine: Machine, mapping: Mapping, other: Value, site: Any) -> None:
    """The same for an iterable of keys with their values."""
    pairs = machine.items(other, site)
    presence = Presence(Sequence("list", list(pairs.values), list(pairs.losses)))
    made = DoubtedPairs(mapping)
    for place, pair in enumerate(pairs.values):
        parts = _pair_of(machine, pair, place, site)
        if parts is None:
            unknown = machine.unknown("unsupported", "an entry that is not known", site, pair)
            doubt_values(machine, mapping, unknown)
            mapping.losses.append(unknown)
            continue
        hashed = machine.hash_key(parts[0])
        if hashed is None:
            put_unknown(machine, mapping, *parts, site)
            continue
        doubt = presence.doubt(pair)
        made.put(machine, hashed, parts, pair, None if doubt is None else doubt.condition)
    mapping.losses.extend(made.losses(pairs.losses))


def _pair_of(machine: Machine, pair: Value, place: int, site: Any) -> tuple[Value, Value] | None:
    """The key and the value of what an iterable gives to a dictionary; None if they are not
    known."""
    if isinstance(pair, (Instance, Iterator_)) or _is_text(pair):
        parts = machine.items(pair, site)
        pair = Sequence("tuple", list(parts.values), list(parts.losses))
    if isinstance(pair, Constant) and isinstance(pair.value, (int, float, NoneType)):
        message = f"cannot convert dictionary update sequence element #{place} to a sequence"
        machine.failed("TypeError", message, site)
    if isinstance(pair, Sequence) and len(pair.items) == 2 and not pair.losses:
        return pair.items[0], pair.items[1]
    return None


def _of_options(machine: Machine, choice: Choice) -> Mapping:
    """What one of several mappings holds, under a condition, as one mapping."""
    options = [each for each in choice.options if isinstance(each, Mapping)]
    made = Mapping(losses=[loss for option in options for loss in option.losses])
    found: dict[Hashable, list[Value]] = {}
    keys: dict[Hashable, Value] = {}
    for option in options:
        for key, (own, value) in option.entries.items():
            keys.setdefault(key, own)
            found.setdefault(key, []).append(value)
    for key, values in found.items():
        made.entries[key] = (keys[key], machine.join(values, choice.condition))
    lacking = [found.keys() - option.entries.keys() for option in options]
    if any(lacking):
        held = tuple(keys.values())
        made.losses.append(make_doubt(choice.condition, lacking, held))
    return made


def _is_text(value: Value) -> bool:
    return isinstance(value, Constant) and isinstance(value.value, str)


def _merge_by_keys(machine: Machine, mapping: Mapping, other: Value, site: Any) -> bool:
    """The same for an object that has `keys` and items; whether it has them."""
    keys = machine.find_attribute(other, "keys", site)
    if keys is None or isinstance(keys, Unknown):
        return False
    found = machine.items(machine.call(keys, [], {}, site), site)
    mapping.losses.extend(found.losses)
    for key in found.values:
        hashed = machine.hash_key(key)
        if hashed is not None:
            machine.put(mapping, hashed, (key, machine.subscript(other, key, site)))
    return True


TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.List: _sequence("list"),
    ast.Tuple: _sequence("tuple"),
    ast.Set: _sequence("set"),
    ast.Dict: _dict,
}
