"""Configuration compared with its schema: what Dagster refuses in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Constant, Mapping, Sequence, Value
from assetgen.analyzer.intrinsics.dagster.configs.config_schemas import (
    Entry,
    Listed,
    Maybe,
    Options,
    Schema,
    Shape,
    is_required,
)
from assetgen.analyzer.intrinsics.dagster.places import element_place, entry_place
from assetgen.analyzer.intrinsics.dagster.plain import shown
from assetgen.analyzer.model.closeness import did_you_mean

Problem = tuple[Site, str]


def problems_of(schema: Schema | None, value: Value, place: Site, path: str) -> Iterator[Problem]:
    """What does not fit, each with its place; `path` names the value for the user.

    What is not known is taken to fit.
    """
    if schema is None or not isinstance(value, (Constant, Mapping, Sequence)):
        return
    if isinstance(schema, Maybe):
        if value != Constant(None):
            yield from problems_of(schema.inner, value, place, path)
    elif isinstance(schema, Shape):
        yield from _of_shape(schema, value, place, path)
    elif isinstance(schema, Listed):
        yield from _of_list(schema, value, place, path)
    elif isinstance(schema, Options):
        if isinstance(value, Constant) and value.value not in schema.names:
            yield place, f"{path} is one of {', '.join(schema.names)}, not {shown(value)}"
    elif not (schema.from_environment and isinstance(value, Mapping)):
        takes, what = _SCALARS[schema.name]
        if not isinstance(value, Constant) or not takes(value.value):
            yield place, f"{path} is {what}, not {shown(value)}"


def _of_shape(schema: Shape, value: Value, place: Site, path: str) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield place, f"{path} is a dictionary, not {shown(value)}"
        return
    given = dict(value.text_entries())
    is_strange = False
    for name, item in given.items():
        entry = schema.entries.get(name)
        at = entry_place(place, name)
        if entry is not None:
            yield from problems_of(entry.schema, item, at, f"`{name}`")
        elif not schema.is_open:
            is_strange = True  # and may be a misspelling of what is missing
            yield at, f"{path} has no field `{name}`{_hint(name, schema)}"
    if not is_strange and not value.losses and len(given) == len(value.entries):
        for name in missing_of(schema, given):
            yield place, f"{path} needs the field `{name}`"


def missing_of(schema: Schema | None, given: dict[str, Value]) -> list[str]:
    """The fields that must be given, but are not."""
    if not isinstance(schema, Shape):
        return []
    return [name for name, entry in schema.entries.items() if _is_missed(name, entry, given)]


def _is_missed(name: str, entry: Entry, given: dict[str, Value]) -> bool:
    return entry.is_required and is_required(entry.schema) and name not in given


def _hint(name: str, schema: Shape) -> str:
    known = ", ".join(schema.entries)
    return did_you_mean(name, schema.entries) or (f" (it has {known})" if known else "")


def _of_list(schema: Listed, value: Value, place: Site, path: str) -> Iterator[Problem]:
    if not isinstance(value, Sequence) or value.kind not in ("list", "deque"):
        yield place, f"{path} is a list, not {shown(value)}"
        return
    for index, item in enumerate(value.items):
        at = element_place(place, index, len(value.items))
        yield from problems_of(schema.inner, item, at, f"an item of {path}")


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_SCALARS: dict[str, tuple[Callable[[object], bool], str]] = {
    "Int": (lambda value: isinstance(value, int) and not isinstance(value, bool), "a whole number"),
    "Float": (_is_number, "a number"),
    "String": (lambda value: isinstance(value, str), "a string"),
    "Bool": (lambda value: isinstance(value, bool), "True or False"),
}
