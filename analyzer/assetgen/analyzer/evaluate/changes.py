"""Changes that code makes to names, objects and dictionaries, noted so that branches can be
joined."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from assetgen.analyzer.evaluate.journal import Journal, changing_mapping, is_older
from assetgen.analyzer.evaluate.objects.doubts import (
    disorder,
    doubt_of_key,
    make_doubt,
    settle_key,
)
from assetgen.analyzer.evaluate.objects.namespaces import NamedEntries
from assetgen.analyzer.evaluate.values import Choice, Instance, Mapping, Unknown, Value


class Changes:
    """Writes what code changes.

    `journals` are those of the arms that are being evaluated, the innermost last: a change to
    something older than an arm is noted there. `tried` counts the choices one of whose values is
    being looked at.
    """

    def __init__(self) -> None:
        self.journals: list[Journal] = []
        self.tried = 0

    @property
    def is_certain(self) -> bool:
        """Whether what is evaluated is what Python evaluates: no arm of an unknown condition, and
        none of several values."""
        return not (self.journals or self.tried)

    def trying(self, choice: Choice) -> Iterator[Value]:
        """The options of a choice, while each of which is looked at nothing is certain."""
        self.tried += 1
        try:
            yield from choice.options
        finally:
            self.tried -= 1

    def write(self, target: dict[Any, Any], key: Hashable, value: Any) -> None:
        """`target[key] = value`, so that it can be joined when a condition is unknown.

        `bind` is for names, `put` for entries of a `Mapping`, `put_attribute` for attributes.
        """
        if self.journals:
            self.journals[-1].note(target, key)
        target[key] = value

    def erase(self, target: dict[Any, Any], key: Hashable) -> None:
        """`target.pop(key, None)`, likewise."""
        if self.journals:
            self.journals[-1].note(target, key)
        target.pop(key, None)

    def bind(self, names: dict[str, Value], name: str, value: Value) -> None:
        """`names[name] = value` for names of a scope, class or function, likewise."""
        if self.journals:
            self.journals[-1].note_name(names, name)
        names[name] = value

    def unbind(self, names: dict[str, Value], name: str) -> None:
        """`names.pop(name, None)`, likewise."""
        if self.journals:
            self.journals[-1].note_name(names, name)
        names.pop(name, None)

    def put(self, mapping: Mapping, key: Hashable, entry: tuple[Value, Value]) -> None:
        """Write an entry of a mapping, likewise; an equal key stays as it was given first."""
        first = mapping.entries.get(key)
        if first is not None:
            entry = (first[0], entry[1])
        doubt = doubt_of_key(mapping, key) if mapping.losses and first is not None else None
        older = self._changes(mapping, key)
        if older and first is None:
            self.journals[-1].note_order(mapping, key)
        if self.journals and isinstance(mapping.entries, NamedEntries):
            mapping.entries.note(self.journals[-1], key)
        if older:
            self.write(mapping.entries, key, entry)
        else:
            mapping.entries[key] = entry
        if doubt is not None and key != next(reversed(mapping.entries)):
            mapping.losses.append(disorder(doubt.condition))  # it may have been put at the end

    def take(self, mapping: Mapping, key: Hashable) -> None:
        """Erase an entry of a mapping, likewise."""
        older = self._changes(mapping, key)
        if older and key in mapping.entries:
            self.journals[-1].note_order(mapping)
        if self.journals and isinstance(mapping.entries, NamedEntries):
            mapping.entries.note(self.journals[-1], key)
        if older:
            self.erase(mapping.entries, key)
        else:
            mapping.entries.pop(key, None)

    def take_one_of(
        self, mapping: Mapping, keys: Iterable[Hashable | None], condition: Unknown
    ) -> None:
        """Erase the entry of one of several keys, it is not known of which; of any entry, where a
        key is not known itself."""
        wanted = list(keys)
        changing_mapping(self.journals, mapping)
        if None in wanted or mapping.losses:
            wanted = list(mapping.entries)
        held = {key: mapping.entries[key][0] for key in wanted if key in mapping.entries}
        if len(wanted) == len(mapping.entries) and wanted:
            each = {one for key, own in held.items() for one in (key, id(own))}
            mapping.losses.append(make_doubt(condition, [each], tuple(held.values())))
            return
        lacking = [{key, id(held[key])} if key in held else set() for key in wanted]
        if held:
            mapping.losses.append(make_doubt(condition, lacking, tuple(held.values())))

    def _changes(self, mapping: Mapping, key: Hashable) -> bool:
        """Note that an entry is settled; whether the mapping is older than the arm that changes
        it."""
        older = is_older(self.journals, mapping)
        if older:
            changing_mapping(self.journals, mapping)
        if mapping.losses:
            settle_key(mapping, key)
        return older

    def put_attribute(self, instance: Instance, name: str, value: Value) -> None:
        """Write what an object itself holds, likewise."""
        if is_older(self.journals, instance):
            self.journals[-1].note_object(instance)
            self.write(instance.attributes, name, value)
        else:
            instance.attributes[name] = value

    def take_attribute(self, instance: Instance, name: str) -> None:
        """Erase what an object itself holds, likewise."""
        if is_older(self.journals, instance):
            self.journals[-1].note_object(instance)
            self.erase(instance.attributes, name)
        else:
            instance.attributes.pop(name, None)
