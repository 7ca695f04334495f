"""Values that the files of a dbt project do not determine."""

from __future__ import annotations

from typing import TypeVar

from assetgen.analyzer.model.dataclass import dataclass

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lost:
    """A value that cannot be known; `message` finishes the sentence "cannot be known: ..."."""

    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Relation(Lost):
    """`this`: where the model that is read is, of which only the name is known."""

    name: str


def first_lost(*values: object) -> Lost | None:
    """The first lost value, also within lists and dictionaries."""
    for value in values:
        if isinstance(value, Lost):
            return value
        if isinstance(value, dict):
            found = first_lost(*value.values())
        elif isinstance(value, (list, tuple)):
            found = first_lost(*value)
        else:
            continue
        if found is not None:
            return found
    return None
