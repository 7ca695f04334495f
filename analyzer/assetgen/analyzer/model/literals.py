"""Plain data in the model: the shapes of JSON, frozen, with objects shown as text."""

from __future__ import annotations

from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """A value that is not plain data, as the text that would make it, such as `Path('a')`."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping with text keys, in source order."""

    entries: tuple[tuple[str, Literal], ...]


Literal = None | bool | int | float | str | tuple["Literal", ...] | Table | Shown
"""What attribute values (metadata, tags, partition parameters) are made of."""
