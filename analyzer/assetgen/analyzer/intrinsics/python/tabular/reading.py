"""`read_csv` for files of the project."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Mapping,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, lost, too_much
from assetgen.analyzer.intrinsics.python.system.files import OpenFile, content_of, not_read, path_of
from assetgen.analyzer.intrinsics.python.tabular.columns import (
    Frame,
    frame_of,
)
from assetgen.analyzer.intrinsics.python.tabular.csv_types import NA, pandas_column
from assetgen.analyzer.project.disk import Refused

_READ: Final = Parameters(
    "filepath_or_buffer, *, sep=',', delimiter=None, header=0, names=None, index_col=None, "
    "usecols=None, dtype=None, skipinitialspace=False, skiprows=None, nrows=None, "
    "keep_default_na=True, na_filter=True, comment=None, quotechar='\"', encoding=None, "
    "engine=None, low_memory=True, encoding_errors='strict', skip_blank_lines=True, "
    "dtype_backend=None, on_bad_lines='error', **options"
)


def text_of_source(call: Call, source: Value, bound: Bound) -> str | Unknown:
    """The text of a file that is given by path, or open."""
    if isinstance(source, OpenFile):
        content = content_of(call, source)
        if isinstance(content, Unknown):
            return content
        return content if isinstance(content, str) else content.decode("utf-8", "replace")
    path = path_of(call, source)
    if isinstance(path, Unknown):
        return path
    if "://" in path:
        return call.unknown("external", f"what is behind {path}")
    encoding = bound.plain("encoding")
    text = call.machine.files.read_text(path, encoding if isinstance(encoding, str) else "utf-8")
    return not_read(call, text) if isinstance(text, Refused) else text.removeprefix("\ufeff")


def cells_of(text: str, separator: str, quote: str = '"', spaces: bool = False) -> list[list[str]]:
    """The cells of a text, without empty lines."""
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        quotechar=quote,
        skipinitialspace=spaces,
    )
    return [row for row in reader if row]


def _read_csv(call: Call) -> Value:
    bound = _READ.bind(call)
    if bound.rest or call.losses:
        return lost(call, *bound.rest.values(), *call.losses)
    text = text_of_source(call, bound["filepath_or_buffer"], bound)
    if isinstance(text, Unknown):
        return text
    separator = bound.plain("delimiter") or bound.plain("sep")
    if call.name.endswith("read_table") and "sep" not in bound and "delimiter" not in bound:
        separator = "\t"
    plain: dict[str, Any] = {name: bound.plain(name) for name in _PLAIN}
    if any(isinstance(value, Value) for value in plain.values()) or len(str(separator)) != 1:
        return lost(call, *(value for value in plain.values() if isinstance(value, Value)))
    lines = text.splitlines(keepends=True)
    if isinstance(plain["skiprows"], int):
        lines = lines[plain["skiprows"] :]
    if plain["comment"] is not None:
        lines = [line for line in lines if not line.startswith(plain["comment"])]
    try:
        rows = cells_of(
            "".join(lines), str(separator), plain["quotechar"], bool(plain["skipinitialspace"])
        )
    except (csv.Error, TypeError):
        return lost(call)
    return _frame(call, bound, plain, rows)


_PLAIN: Final = (
    *("header", "skiprows", "nrows", "keep_default_na", "na_filter", "comment", "quotechar"),
    *("skipinitialspace", "dtype_backend"),
)


def _frame(call: Call, bound: Bound, plain: dict[str, Any], rows: list[list[str]]) -> Value:
    names = _header(call, bound, plain, rows)
    if names is None or not (plain["nrows"] is None or isinstance(plain["nrows"], int)):
        return lost(call, *call.values)
    body = rows[1:] if plain["header"] == 0 and (names is not None) else rows
    if "names" in bound and "header" not in bound:
        body = rows
    body = body[: plain["nrows"]] if plain["nrows"] is not None else body
    if len(body) * len(names) > call.machine.budget.collection:
        return too_much(call)
    if any(len(row) > len(names) for row in body) or plain["dtype_backend"] is not None:
        return lost(call)
    missing = NA if plain["keep_default_na"] and plain["na_filter"] else frozenset()
    columns: list[tuple[Value, list[Value]]] = []
    for place, name in enumerate(names):
        cells = [row[place] if place < len(row) else "" for row in body]
        as_text = _is_text(call, bound["dtype"], Constant(name))
        if as_text is None:
            return lost(call, bound["dtype"])
        found = pandas_column(cells, missing, as_text)
        if found is None:
            return lost(call)
        columns.append((Constant(name), [Constant(each) for each in found]))
    return _with_index(call, bound, frame_of(columns, len(body)))


def _header(
    call: Call, bound: Bound, plain: dict[str, Any], rows: list[list[str]]
) -> list[object] | None:
    """The names of the columns; None where they are not known."""
    if "names" in bound:
        given = call.items(bound["names"])
        names = [each.value for each in given.values if isinstance(each, Constant)]
        return names if len(names) == len(given.values) and not given.losses else None
    if plain["header"] is None:
        return list(range(max(map(len, rows), default=0)))
    if plain["header"] not in (0, "infer") or not rows:
        return None
    plain["header"] = 0
    names, seen = [], set()
    for place, cell in enumerate(rows[0]):
        name = cell or f"Unnamed: {place}"
        count, unique = 0, name
        while unique in seen:
            count += 1
            unique = f"{name}.{count}"
        seen.add(unique)
        names.append(unique)
    return names


def _is_text(call: Call, wanted: Value, name: Value) -> bool | None:
    """Whether a column is read as strings; None if another type is asked for."""
    if isinstance(wanted, Mapping):
        entry = wanted.entries.get(call.machine.hash_key(name))
        return False if entry is None else _is_text(call, entry[1], name)
    if wanted == NONE:
        return False
    text = wanted.value if isinstance(wanted, Constant) else getattr(wanted, "qualname", "")
    return True if text in ("builtins.str", "builtins.object", "str", "object", "string") else None


def _with_index(call: Call, bound: Bound, frame: Frame) -> Value:
    used, index = bound["usecols"], bound["index_col"]
    if used != NONE:
        items = call.items(used)
        keys = {call.machine.hash_key(item) for item in items.values}
        if items.losses or not keys <= frame.columns.keys():
            return lost(call, used)
        frame.columns = {key: frame.columns[key] for key in frame.columns if key in keys}
    if index == NONE or (isinstance(index, Constant) and index.value is False):
        return frame
    names = list(frame.columns)
    place = index.value if isinstance(index, Constant) else None
    key = (
        names[place] if type(place) is int and place < len(names) else call.machine.hash_key(index)
    )
    if key not in frame.columns:
        return lost(call, index)
    frame.labels = list(frame.columns.pop(key)[1])
    return frame


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pandas.read_csv": each_option(_read_csv),
    "pandas.read_table": each_option(_read_csv),
}
