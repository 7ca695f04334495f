"""The objects that make up a table: a column or row with labels, and a frame of columns."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.objects.hashing import hash_key
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Declared,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.model.dataclass import dataclass, field

Column = tuple[Value, list[Value]]
"""The name of a column, and its values from the first row to the last."""


@dataclass(slots=True, eq=False)
class Series(Declared):
    """A column, a row, an index or an array: values, and the label of each. If there are `losses`,
    values may be missing."""

    type_name: ClassVar[str] = "pandas.Series"
    values: list[Value] = field(default_factory=list)
    labels: list[Value] = field(default_factory=list)
    name: Value = NONE
    losses: list[Unknown] = field(default_factory=list)
    index_names: tuple[Value, ...] = ()

    def attribute(self, name: str) -> Value | None:
        if name in ("str", "dt"):
            return Accessor(self)
        if name in ("loc", "iloc", "at", "iat"):
            return Locator(self, by_position=name.startswith("i"))
        if name == "name":
            return self.name
        if name in ("index", "columns"):
            return numbered(self.labels, losses=self.losses)
        if name in ("values", "array"):
            return numbered(self.values, losses=self.losses)
        if name in ("size", "empty", "shape") and not self.losses:
            size = len(self.values)
            return {
                "size": Constant(size),
                "empty": Constant(size == 0),
                "shape": Sequence("tuple", [Constant(size)]),
            }[name]
        found = None if name in METHODS else self.at(Constant(name))
        return found if isinstance(found, Value) else None

    def at(self, label: Value) -> Value | None:
        """The value with that label; None if there is none."""
        key = hash_key(label)
        for own, value in zip(self.labels, self.values, strict=False):
            if key is not None and hash_key(own) == key:
                return value
        return None

    def like(self, values: Iterable[Value]) -> Series:
        """A series of other values with the same labels."""
        return Series(list(values), self.labels, self.name, list(self.losses))

    def chosen(self, places: Iterable[int], losses: Iterable[Unknown] = ()) -> Series:
        """The series of the values at some places, in that order."""
        places = list(places)
        return Series(
            [self.values[place] for place in places],
            [self.labels[place] for place in places],
            self.name,
            [*self.losses, *losses],
        )


@dataclass(slots=True, eq=False)
class Frame(Declared):
    """A table; `columns` by the hash keys of their names. If the labels of its rows are the values
    of columns, `index_names` are the names of these."""

    type_name: ClassVar[str] = "pandas.DataFrame"
    columns: dict[Hashable, Column] = field(default_factory=dict)
    labels: list[Value] = field(default_factory=list)
    losses: list[Unknown] = field(default_factory=list)
    index_names: tuple[Value, ...] = ()

    def attribute(self, name: str) -> Value | None:
        if name == "columns":
            return numbered([column for column, _ in self.columns.values()])
        if name in ("loc", "iloc", "at", "iat"):
            return Locator(self, by_position=name.startswith("i"))
        if name == "index":
            return numbered(self.labels, losses=self.losses)
        if name == "values":
            return numbered([self.row(n).as_list() for n in range(len(self.labels))])
        if name in ("shape", "empty", "size") and not self.losses:
            rows, columns = len(self.labels), len(self.columns)
            return {
                "shape": Sequence("tuple", [Constant(rows), Constant(columns)]),
                "empty": Constant(rows * columns == 0),
                "size": Constant(rows * columns),
            }[name]
        return self.column(Constant(name)) if name == "name" or name not in METHODS else None

    def column(self, name: Value) -> Series | None:
        """A column as a series; None if there is none of that name."""
        found = self.columns.get(hash_key(name))
        if found is None:
            return None
        return Series(list(found[1]), self.labels, found[0], list(self.losses), self.index_names)

    def row(self, place: int) -> Row:
        """A single row; if it only holds numbers, they are all of one type."""
        values = [values[place] for _, values in self.columns.values()]
        if _is_numeric(self) and any(_is_float(value) for value in values):
            values = [
                Constant(float(value.value)) if isinstance(value, Constant) else value  # type: ignore[arg-type]
                for value in values
            ]
        names = [name for name, _ in self.columns.values()]
        return Row(values, names, self.labels[place])

    def chosen(self, places: Iterable[int], losses: Iterable[Unknown] = ()) -> Frame:
        """The table of the rows at some places, in that order."""
        places = list(places)
        columns: dict[Hashable, Column] = {
            key: (name, [values[place] for place in places])
            for key, (name, values) in self.columns.items()
        }
        labels = [self.labels[place] for place in places]
        return Frame(columns, labels, [*self.losses, *losses], self.index_names)

    def record(self, place: int) -> Mapping:
        """A row as a dictionary."""
        entries = {key: (name, values[place]) for key, (name, values) in self.columns.items()}
        return Mapping("dict", entries)


@dataclass(slots=True, eq=False)
class Row(Series):
    """A row of a frame."""

    def as_list(self) -> Sequence:
        """The values of the row."""
        return Sequence("list", list(self.values))


@dataclass(slots=True, eq=False)
class Locator(Declared):
    """`frame.loc` and `frame.iloc`, and the same of a series."""

    type_name: ClassVar[str] = "pandas.Locator"
    owner: Frame | Series = field(default_factory=Frame)
    by_position: bool = False


@dataclass(slots=True, eq=False)
class Accessor(Declared):
    """`series.str` and `series.dt`."""

    type_name: ClassVar[str] = "pandas.Accessor"
    series: Series = field(default_factory=Series)


@dataclass(slots=True, eq=False)
class Groups(Declared):
    """`frame.groupby(...)`: each key with the positions of its rows; `of` is a column selected from
    it. The keys are the values of the columns `by`, and label the rows of what is made of it if
    they are its index."""

    type_name: ClassVar[str] = "pandas.GroupBy"
    frame: Frame = field(default_factory=Frame)
    groups: list[tuple[Value, list[int]]] = field(default_factory=list)
    of: Value | None = None
    by: tuple[Value, ...] = ()
    by_index: bool = True


METHODS = frozenset(
    (
        *("abs", "add", "agg", "aggregate", "all", "any", "append", "apply", "applymap", "assign"),
        *("astype", "at", "between", "columns", "concat", "copy", "count", "describe", "drop"),
        *("drop_duplicates", "dropna", "dt", "dtype", "dtypes", "duplicated", "empty", "eq"),
        *("explode", "fillna", "filter", "first", "get", "groupby", "head", "iat", "iloc", "index"),
        *("info", "isin", "isna", "isnull", "items", "iterrows", "itertuples", "join", "keys"),
        *("last", "loc", "map", "max", "mean", "median", "merge", "min", "mode", "name", "notna"),
        *("notnull", "nunique", "pipe", "pivot", "pop", "query", "rank", "rename", "replace"),
        *("reset_index", "sample", "set_index", "shape", "shift", "size", "sort_index"),
        *("sort_values", "squeeze", "std", "str", "strftime", "sum", "tail", "to_dict"),
        *("to_json", "to_list", "to_numpy", "tolist", "transform", "unique", "update", "values"),
        *("value_counts", "where"),
    )
)
"""Names that are not those of columns when they are written as attributes."""


def numbered(values: Iterable[Value], losses: Iterable[Unknown] = (), name: Value = NONE) -> Series:
    """A series whose labels are its positions."""
    values = list(values)
    return Series(values, [Constant(place) for place in range(len(values))], name, list(losses))


def frame_of(columns: Iterable[tuple[Value, list[Value]]], rows: int) -> Frame:
    """A frame whose labels are the positions of the rows."""
    made = {hash_key(name): (name, values) for name, values in columns}
    return Frame(made, [Constant(place) for place in range(rows)])


def with_index_as_columns(frame: Frame) -> Frame:
    """The frame with the values that label its rows in columns before the others."""
    names = frame.index_names or (Constant("index"),)
    columns: dict[Hashable, Column] = {}
    for place, name in enumerate(names):
        parts = frame.labels
        if len(names) > 1:
            parts = [
                label.items[place] if isinstance(label, Sequence) else label for label in parts
            ]
        columns[hash_key(name)] = (name, list(parts))
    columns.update(frame.columns)
    labels: list[Value] = [Constant(place) for place in range(len(frame.labels))]
    return Frame(columns, labels, list(frame.losses))


_VERSION: Final = Unknown("external", "the version of pandas, by which texts are kept")
MISSING: Final = Choice((NONE, Constant(math.nan)), _VERSION)
"""What is not given in a column of texts: None before pandas 3, which makes it NaN."""
MISSING_AS_TEXT: Final = Choice((Constant(math.nan), Constant("nan")), _VERSION)


def completed(values: list[Value]) -> list[Value]:
    """The values as a column keeps them if some are missing: numbers are floats then."""
    present = [value for value in values if not is_missing(value)]
    if len(present) == len(values) or not present:
        return values
    if all(_is(value, str) for value in present):
        return [MISSING if value == NONE else value for value in values]
    if not all(_is(value, int, float) for value in present):
        return values
    return [
        Constant(math.nan if is_missing(value) else float(value.value))  # type: ignore[attr-defined]
        for value in values
    ]


def _is(value: Value, *types: type) -> bool:
    return isinstance(value, Constant) and type(value.value) in types


def is_missing(value: Value) -> bool:
    """Whether a value is None or NaN."""
    if isinstance(value, Choice):
        return all(map(is_missing, value.options))
    data = value.value if isinstance(value, Constant) else 0
    return data is None or (isinstance(data, float) and math.isnan(data))


def missing_in(frame: Frame, wanted: bool) -> Frame:
    """Whether each value of a frame is missing, or is not."""
    columns: dict[Hashable, Column] = {
        key: (name, [Constant(is_missing(value) is wanted) for value in values])
        for key, (name, values) in frame.columns.items()
    }
    return Frame(columns, list(frame.labels), list(frame.losses), frame.index_names)


def _is_float(value: Value) -> bool:
    return isinstance(value, Constant) and type(value.value) is float


def _is_numeric(frame: Frame) -> bool:
    return all(
        isinstance(value, Constant) and type(value.value) in (int, float)
        for _, values in frame.columns.values()
        for value in values
    )
