"""`csv.writer` and `csv.DictWriter`: rows that are written to a file in memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    External,
    Mapping,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.python.plain import lost, raised
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass, field

_WRITER: Final = Parameters("csvfile, dialect='excel', **options")
_DICT_WRITER: Final = Parameters(
    "f, fieldnames, restval='', extrasaction='raise', dialect='excel', **options"
)
_ROW: Final = Parameters("row, /")
_ROWS: Final = Parameters("rows, /")


@dataclass(slots=True, eq=False)
class Writer(Declared):
    """A writer of rows to `file`, with the `options` of the format; one of dictionaries has the
    `names` of its fields."""

    type_name: ClassVar[str] = "csv.writer"
    file: Value = NONE
    options: dict[str, Value] = field(default_factory=dict)
    names: Value = NONE
    rest: Value = NONE
    ignores_others: bool = False

    def attribute(self, name: str) -> Value | None:
        return self.names if name == "fieldnames" and self.names != NONE else None


def _writer(call: Call) -> Value:
    bound = _WRITER.bind(call)
    return Writer(bound["csvfile"], _options(bound))


def _dict_writer(call: Call) -> Value:
    bound = _DICT_WRITER.bind(call)
    ignores = bound["extrasaction"] == Constant("ignore")
    return Writer(bound["f"], _options(bound), bound["fieldnames"], bound["restval"], ignores)


def _options(bound: Bound) -> dict[str, Value]:
    return {"dialect": bound["dialect"], **bound.rest}


def _write_row(call: Call, writer: Writer) -> Value:
    return _written(call, writer, _cells_of(call, writer, _ROW.bind(call)["row"]))


def _write_rows(call: Call, writer: Writer) -> Value:
    rows = call.items(_ROWS.bind(call)["rows"])
    for row in rows.values:
        _written(call, writer, _cells_of(call, writer, row))
    if rows.losses:
        _written(call, writer, lost(call, *rows.losses))
    return NONE


def _write_header(call: Call, writer: Writer) -> Value:
    return _written(call, writer, _cells(call, writer.names))


def _cells_of(call: Call, writer: Writer, row: Value) -> list[Value] | Unknown:
    """The cells of a row; those of a dictionary in the order of the fields."""
    if writer.names == NONE:
        return _cells(call, row)
    names = _cells(call, writer.names)
    if isinstance(names, Unknown) or not isinstance(row, Mapping) or row.losses:
        return lost(call, row, writer.names)
    keys = [call.machine.hash_key(name) for name in names]
    wrong = [name for key, (name, _) in row.entries.items() if key not in keys]
    if wrong and not writer.ignores_others:
        shown = ", ".join(repr(each.value) for each in wrong if isinstance(each, Constant))
        raise Raised("builtins.ValueError", f"dict contains fields not in fieldnames: {shown}")
    return [row.entries[key][1] if key in row.entries else writer.rest for key in keys]


def _cells(call: Call, row: Value) -> list[Value] | Unknown:
    items = call.items(row)
    return lost(call, *items.losses) if items.losses else list(items.values)


def _written(call: Call, writer: Writer, cells: list[Value] | Unknown) -> Value:
    """Write a line to the file, as what is lost where it is not known."""
    line = cells if isinstance(cells, Unknown) else _line(call, writer, cells)
    write = call.get_attribute(writer.file, "write")
    return call.invoke(write, line)


def _line(call: Call, writer: Writer, cells: list[Value]) -> Value:
    options: dict[str, Any] = {}
    for name, option in writer.options.items():
        if not isinstance(option, Constant):
            return lost(call, option)
        options[name] = option.value
    plain: list[object] = []
    for cell in cells:
        text = cell
        if not isinstance(cell, Constant):
            text = call.invoke(External("builtins.str"), cell)
        if not isinstance(text, Constant):
            return lost(call, cell)
        plain.append(text.value)
    made = io.StringIO(newline="")
    try:
        csv.writer(made, **options).writerow(plain)
    except (csv.Error, TypeError, ValueError) as error:
        raise raised(error) from error
    return Constant(made.getvalue())


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "csv.DictWriter": _dict_writer,
    "csv.writer": _writer,
    "csv.writer.writeheader": method(Writer, _write_header),
    "csv.writer.writerow": method(Writer, _write_row),
    "csv.writer.writerows": method(Writer, _write_rows),
}
VALUES: Final[ReadOnlyMapping[str, Value]] = {
    f"csv.{name}": Constant(getattr(csv, name))
    for name in ("QUOTE_ALL", "QUOTE_MINIMAL", "QUOTE_NONE", "QUOTE_NONNUMERIC")
}
