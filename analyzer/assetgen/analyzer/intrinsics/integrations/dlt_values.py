"""The objects that dlt's functions create: resources, sources, pipelines and destinations."""

from __future__ import annotations

from typing import ClassVar, Final

from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    Function,
    Mapping,
    Unknown,
    Value,
)
from assetgen.analyzer.model.dataclass import dataclass, field

HINTS: Final = ("write_disposition", "primary_key", "merge_key", "columns")
"""What resources may say of their tables, by the names of attributes."""


@dataclass(slots=True, eq=False)
class DltResourceValue(Declared):
    """A `DltResource`; for a transformer, `parent` is the first resource of its pipe.

    `maker` is a function that gives another resource, which takes the place of this one when its
    arguments are bound. The description is unknown if it is the docstring of a function of dlt's.
    """

    type_name: ClassVar[str] = "dlt.DltResource"

    name: str
    table_name: Value
    source_name: str | None = None
    description: str | Unknown | None = None
    parent: str | None = None
    is_transformer: bool = False
    is_selected: bool = True
    hints: dict[str, Value] = field(default_factory=dict)
    maker: Function | None = None

    def attribute(self, name: str) -> Value | None:
        known: dict[str, Value] = {
            "name": Constant(self.name),
            "table_name": self.table_name,
            "source_name": Constant(self.source_name),
            "is_transformer": Constant(self.is_transformer),
            "selected": Constant(self.is_selected),
        }
        return known.get(name) or self.hints.get(name)


@dataclass(slots=True, eq=False)
class DltSourceValue(Declared):
    """A `DltSource`; `losses` are unknowns among its resources."""

    type_name: ClassVar[str] = "dlt.DltSource"

    name: str
    resources: tuple[DltResourceValue, ...]
    losses: tuple[Unknown, ...] = ()

    def attribute(self, name: str) -> Value | None:
        if name == "name":
            return Constant(self.name)
        if name in ("resources", "selected_resources"):
            chosen = [one for one in self.resources if name == "resources" or one.is_selected]
            result = Mapping("dict", {}, list(self.losses))
            for one in chosen:
                result.entries["constant", one.name] = (Constant(one.name), one)
            return result
        named = [one for one in self.resources if one.name == name]
        return named[0] if named else None


@dataclass(slots=True, eq=False)
class DltPipelineValue(Declared):
    """A dlt `Pipeline`; `destination` is a `DltDestinationValue`, None or unknown."""

    type_name: ClassVar[str] = "dlt.Pipeline"

    fields: dict[str, Value]
    destination: Value

    def attribute(self, name: str) -> Value | None:
        if name == "destination":
            return self.destination
        if name == "dataset_name" and self.fields.get(name, NONE) == NONE:
            return self._default_dataset()
        return self.fields.get(name, NONE) if name in ("pipeline_name", "dataset_name") else None

    def _default_dataset(self) -> Value | None:
        """`<pipeline>_dataset`, if the destination has datasets."""
        if self.destination == NONE:
            return NONE
        name = self.fields.get("pipeline_name")
        known = isinstance(self.destination, DltDestinationValue) and isinstance(name, Constant)
        return Constant(f"{name.value}_dataset") if known else None  # type: ignore[union-attr]


@dataclass(slots=True, eq=False)
class DltDestinationValue(Declared):
    """A dlt destination with its name: that of its type unless another was given."""

    type_name: ClassVar[str] = "dlt.Destination"

    name: Value

    def attribute(self, name: str) -> Value | None:
        return self.name if name == "destination_name" else None
