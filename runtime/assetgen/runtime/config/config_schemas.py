"""Configuration without classes: what ``config_schema`` allows, and the defaults in it.

A schema is a plain type, a `Field`, a mapping of names to schemas, a list of one schema, or one of
the kinds in `config_types`.
"""

from collections.abc import Mapping
from typing import Any

from assetgen.runtime.config.config_classes import Field


class ConfigSchema:
    """The schema of one step."""

    __slots__ = ("schema",)

    def __init__(self, schema: Any) -> None:
        """`schema` as it is written in a ``config_schema``."""
        self.schema = schema

    def fitted(self, value: Any) -> Any:
        """The configuration with all defaults, `...` for none given; ValueError if it does not
        fit."""
        filled = filled_in(self.schema, value, "the configuration")
        return {} if filled is ... else filled


def filled_in(schema: Any, value: Any, place: str) -> Any:
    """A value of a schema with the defaults in it; `...` stands for a value not given."""
    if isinstance(schema, Field):
        if value is ... and schema.has_default:
            value = schema.default_value
        if value is ... and not schema.is_required:
            return ...
        return filled_in(schema.config, value, place)
    if hasattr(schema, "filled_in"):
        return schema.filled_in(value, place)
    if isinstance(schema, Mapping):
        return filled_fields(schema, value, place)
    if value is ...:
        raise ValueError(f"{place} is missing")
    if isinstance(schema, list):
        if not isinstance(value, list):
            raise ValueError(f"{place} is {value!r}, not a list")
        return [filled_in(schema[0], item, f"{place}[{at}]") for at, item in enumerate(value)]
    wanted = (int, float) if schema is float else schema
    if schema is not Any and (
        not isinstance(value, wanted) or (isinstance(value, bool) and schema is not bool)
    ):
        raise ValueError(f"{place} is {value!r}, not of type {schema.__name__}")
    return float(value) if schema is float else value


def filled_fields(schema: Mapping[str, Any], value: Any, place: str) -> Any:
    """The fields of a mapping; one that is not given is missing if any of its fields is."""
    given = {} if value is ... else value
    if not isinstance(given, Mapping):
        raise ValueError(f"{place} is {given!r}, not a mapping")
    for name in given:
        if name not in schema:
            raise ValueError(f'{place} has no field "{name}"')
    fields = {
        name: filled_in(inner, given.get(name, ...), f'"{name}" of {place}')
        for name, inner in schema.items()
    }
    return {name: field for name, field in fields.items() if field is not ...}
