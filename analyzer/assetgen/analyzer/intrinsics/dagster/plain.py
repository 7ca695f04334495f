"""Plain data from values: the first option of a choice, strings, lists of strings, literals.

A reader returns what is known, and collects the unknowns that it met: each is a doubt about what
was read, and the caller reports what it costs.
"""

from __future__ import annotations

from collections.abc import Iterator

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.objects.truth import without_mixin
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    Choice,
    Constant,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.places import PlacedEntry, placed_entries
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.literals import Literal, Shown, Table


def text_of_variable(value: Value) -> Value:
    """What an `EnvVar` is as a string to Dagster: the name of the variable."""
    if isinstance(value, Record) and value.qualname == "dagster.EnvVar":
        return value.fields.get("name", value)
    return value


@dataclass(slots=True, eq=False)
class Doubts:
    """The unknowns that were met while something was read.

    `gone_through` counts the collections in it: one that is held twice counts twice.
    """

    found: list[Unknown] = field(default_factory=list)
    gone_through: int = 0

    def first_option(self, value: Value) -> Value:
        """`value`, or its first option if an unknown condition decides.

        For an object of a class derived from `str` or `dict`, the string or dictionary that it is.
        """
        if isinstance(value, Choice):
            self.found.append(value.condition)
            known = [option for option in value.options if not isinstance(option, Unknown)]
            return without_mixin(known[0] if known else value.options[0])
        if isinstance(value, Unknown):
            self.found.append(value)
        return without_mixin(text_of_variable(value))

    def text(self, value: Value) -> str | None:
        """The string, or None for anything else."""
        value = self.first_option(value)
        if isinstance(value, Constant) and isinstance(value.value, str):
            return str(value.value)
        return None

    def texts(self, call: Call, value: Value) -> tuple[str, ...]:
        """The strings in a collection, in order."""
        value = self.first_option(value)
        if isinstance(value, Unknown) or value == Constant(None):
            return ()
        items = call.items(value)
        self.found.extend(items.losses)
        return tuple(text for item in items.values if (text := self.text(item)) is not None)

    def flag(self, value: Value) -> bool:
        value = self.first_option(value)
        return bool(value.value) if isinstance(value, Constant) else False

    def literal(self, value: Value) -> Literal:
        """What the model holds for any value: the shapes of JSON, text for everything else."""
        value = self.first_option(value)
        if isinstance(value, Constant):
            plain = value.value
            if plain is None or isinstance(plain, (bool, int, float, str)):
                return plain
            return Shown(repr(plain))
        if isinstance(value, (Sequence, Mapping)) and not self._may_go_through():
            return Shown("...")
        if isinstance(value, Sequence):
            self.found.extend(value.losses)
            return tuple(self.literal(item) for item in value.items)
        if isinstance(value, Mapping):
            return self._table(value)
        return Shown(shown(value))

    def entries(self, value: Value) -> tuple[tuple[str, Literal], ...]:
        """The entries of a mapping that have strings as keys."""
        value = self.first_option(value)
        if not isinstance(value, Mapping):
            return ()
        self.found.extend(value.losses)
        return tuple((key, self.literal(item)) for key, item in value.text_entries())

    def placed(self, value: Value, place: Site) -> Iterator[PlacedEntry]:
        """The first options of the entries of a mapping that have strings as keys."""
        value = self.first_option(value)
        if isinstance(value, Mapping):
            self.found.extend(value.losses)
            for entry in placed_entries(value, place):
                yield entry._replace(value=self.first_option(entry.value))

    def _may_go_through(self) -> bool:
        self.gone_through += 1
        if self.gone_through == _MOST:
            self.found.append(Unknown("budget", f"what is in more than {_MOST} collections"))
        return self.gone_through < _MOST

    def _table(self, value: Mapping) -> Literal:
        self.found.extend(value.losses)
        return Table(
            tuple((self._key_text(key), self.literal(item)) for key, item in value.entries.values())
        )

    def _key_text(self, key: Value) -> str:
        return self.text(key) or shown(key)


_MOST = 50_000


def shown(value: Value) -> str:
    """A value as the code that would make it, without the name of Dagster's package."""
    if isinstance(value, Record):
        name = value.qualname.removeprefix("dagster.")
        arguments = [shown(item) for item in value.args]
        arguments += [f"{key}={shown(item)}" for key, item in value.fields.items()]
        return f"{name}({', '.join(arguments)})"
    text = getattr(value, "text", None)
    return text if isinstance(text, str) and text else display(value)


def why(unknown: Unknown) -> str:
    """The root cause of an unknown, to end a sentence with."""
    return unknown.root().message
