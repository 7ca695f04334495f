"""Kinds of values that a ``config_schema`` may name beside plain types.

Each has `filled_in`, which gives a value with its defaults, `...` standing for one not given.
"""

import os
from collections.abc import Mapping
from typing import Any

from assetgen.runtime.config.config_schemas import filled_fields, filled_in


class Shape:
    """A mapping with these fields and no others."""

    def __init__(self, fields: Mapping[str, Any], description: str | None = None) -> None:
        """`fields` are schemas by name."""
        self.fields = fields

    def filled_in(self, value: Any, place: str) -> Any:
        """The fields with their defaults."""
        return filled_fields(self.fields, value, place)


class Permissive(Shape):
    """A mapping with these fields and any others."""

    def __init__(
        self, fields: Mapping[str, Any] | None = None, description: str | None = None
    ) -> None:
        """`fields` are schemas by name."""
        super().__init__(fields or {}, description)

    def filled_in(self, value: Any, place: str) -> Any:
        """The fields with their defaults, and all others."""
        given = {} if value is ... else value
        if not isinstance(given, Mapping):
            raise ValueError(f"{place} is {given!r}, not a mapping")
        known = {name: each for name, each in given.items() if name in self.fields}
        others = {name: each for name, each in given.items() if name not in self.fields}
        return {**filled_fields(self.fields, known, place), **others}


class Selector(Shape):
    """A mapping with just one of these fields."""

    def filled_in(self, value: Any, place: str) -> Any:
        """The one field that is given."""
        if not isinstance(value, Mapping) or len(value) != 1:
            raise ValueError(f"{place} takes just one of {', '.join(self.fields)}")
        chosen = {name: each for name, each in self.fields.items() if name in value}
        return filled_fields(chosen, value, place)


class Array:
    """A list of values of one kind."""

    def __init__(self, inner_type: Any) -> None:
        """`inner_type` is the schema of each."""
        self.inner = inner_type

    def filled_in(self, value: Any, place: str) -> Any:
        """The list, each value with its defaults."""
        return filled_in([self.inner], value, place)


class Noneable(Array):
    """A value of a kind, or None."""

    def filled_in(self, value: Any, place: str) -> Any:
        """None also for what is not given."""
        return None if value in (None, ...) else filled_in(self.inner, value, place)


class Map:
    """A mapping with any keys of one kind."""

    def __init__(self, key_type: Any, inner_type: Any, key_label_name: str | None = None) -> None:
        """`inner_type` is the schema of the values."""
        self.key = key_type
        self.inner = inner_type

    def filled_in(self, value: Any, place: str) -> Any:
        """The mapping, each value with its defaults."""
        given = {} if value is ... else value
        if not isinstance(given, Mapping):
            raise ValueError(f"{place} is {given!r}, not a mapping")
        return {
            filled_in(self.key, name, f"a key of {place}"): filled_in(
                self.inner, each, f'"{name}" of {place}'
            )
            for name, each in given.items()
        }


class Source:
    """A value, or ``{"env": NAME}`` for that of an environment variable."""

    def __init__(self, kind: Any) -> None:
        """`kind` is the type of the value."""
        self.kind = kind

    def filled_in(self, value: Any, place: str) -> Any:
        """The value itself, read where it is said by name."""
        if not isinstance(value, Mapping):
            return filled_in(self.kind, value, place)
        if [*value] != ["env"]:
            raise ValueError(f"{place} is {value!r}, which names no environment variable")
        text = os.environ.get(value["env"])
        if text is None:
            raise ValueError(f"the environment variable {value['env']} of {place} is not set")
        return text.lower() in ("true", "1") if self.kind is bool else self.kind(text)


StringSource = Source(str)
IntSource = Source(int)
BoolSource = Source(bool)
