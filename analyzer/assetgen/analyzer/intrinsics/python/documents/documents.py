"""Structured data in text: JSON, YAML, TOML, CSV, and configuration files."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import Any, ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import from_python
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    External,
    Iterator_,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.documents.yaml_documents import SAFE_LOADER, load_yaml
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    lost,
    raised,
    too_much,
)
from assetgen.analyzer.intrinsics.python.system.files import content_of, not_read, path_of
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.project.disk import Refused

_SOURCE: Final = Parameters("source, /, **options")
_YAML: Final = Parameters("stream, Loader=None, **options")
_READER: Final = Parameters("csvfile, dialect='excel', **options")
_DICT_READER: Final = Parameters(
    "f, fieldnames=None, restkey=None, restval=None, dialect='excel', **options"
)

Parser = Callable[[str | bytes], object]


def _parsing(parse: Parser) -> Intrinsic:
    """The row for a function that parses a string, or the rest of an open file."""

    def intrinsic(call: Call) -> Value:
        bound = _SOURCE.bind(call)
        if bound.rest and not set(bound.rest) <= {"encoding"}:
            return lost(call, *bound.rest.values())
        content = content_of(call, bound["source"])
        if isinstance(content, Unknown):
            return content
        try:
            return from_python(parse(content))
        except RecursionError:
            return too_much(call)
        except (ValueError, TypeError) as error:
            raise raised(error) from error

    return each_option(intrinsic)


def _json(content: str | bytes) -> object:
    import json

    return json.loads(content)


def _toml(content: str | bytes) -> object:
    text = content.decode() if isinstance(content, bytes) else content
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    if _DEEP_KEY.search(text):  # what is read takes memory by the square of that
        raise RecursionError
    return tomllib.loads(text)


_DEEP_KEY: Final = re.compile(r"(?:[\w-]+[ \t]*\.[ \t]*){200}")


def _toml_file(call: Call) -> Value:
    """`toml.load`, which also takes a path."""
    source = call.first
    if isinstance(source, Constant):
        path = path_of(call, source)
        if isinstance(path, Unknown):
            return path
        text = call.machine.files.read_text(path)
        if isinstance(text, Refused):
            return not_read(call, text)
        source = Constant(text)
    parse = _parsing(_toml)
    return parse(Call(call.machine, call.name, (source,), {}, call.site))


def _yaml(several: bool) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        bound = _YAML.bind(call)
        content = content_of(call, bound["stream"])
        if isinstance(content, Unknown):
            return content
        by = bound["Loader"]
        if by == NONE:
            is_full = call.name in ("yaml.full_load", "yaml.load", "yaml.load_all")
            by = External("yaml.FullLoader") if is_full else SAFE_LOADER
        documents = load_yaml(call, content, by)
        if isinstance(documents, Unknown):
            return documents
        if several:
            return Iterator_(iter(documents))
        if len(documents) > 1:
            raise Raised("yaml.composer.ComposerError", "expected a single document in the stream")
        return documents[0] if documents else NONE

    return each_option(intrinsic)


def _ruamel(call: Call) -> Value:
    """`YAML().load` of ruamel, which also takes a path; the result is treated as plain data."""
    source = call.first
    if isinstance(source, Constant) and isinstance(source.value, PurePath):
        text = call.machine.files.read_text(str(source.value))
        if isinstance(text, Refused):
            return not_read(call, text)
        source = Constant(text)
    read = _yaml(False)
    return read(Call(call.machine, "yaml.safe_load", (source,), {}, call.site))


def _lines(call: Call, value: Value) -> list[str] | Unknown:
    """The lines that a reader reads from an open file or an iterable of strings."""
    items = call.items(value)
    lines = [item.value for item in items.values if isinstance(item, Constant)]
    texts = [line for line in lines if isinstance(line, str)]
    if items.losses or len(texts) != len(items.values):
        return lost(call, *items.losses, *items.values)
    return texts


def _rows(call: Call, source: Value, options: dict[str, Value]) -> list[list[str]] | Unknown:
    import csv

    lines = _lines(call, source)
    if isinstance(lines, Unknown):
        return lines
    plain: dict[str, Any] = {
        name: option.value for name, option in options.items() if isinstance(option, Constant)
    }
    if len(plain) != len(options):
        return lost(call, *options.values())
    try:
        return list(csv.reader(lines, **plain))
    except (csv.Error, TypeError, ValueError) as error:
        raise raised(error) from error


def _csv_reader(call: Call) -> Value:
    bound = _READER.bind(call)
    rows = _rows(call, bound["csvfile"], {"dialect": bound["dialect"], **bound.rest})
    if isinstance(rows, Unknown):
        return rows
    return Iterator_(from_python(row) for row in rows)


@dataclass(slots=True, eq=False)
class DictReader(Declared):
    """`csv.DictReader`: an iterator of rows that has field names."""

    type_name: ClassVar[str] = "csv.DictReader"
    names: Value = NONE
    rows: Iterator_ = field(default_factory=lambda: Iterator_(iter(())))

    def attribute(self, name: str) -> Value | None:
        return self.names if name == "fieldnames" else None


def _rows_of(call: Call) -> Value:
    return call.receiver.rows if isinstance(call.receiver, DictReader) else lost(call)


def _next_row(call: Call) -> Value:
    return call.invoke(External("builtins.next"), _rows_of(call))


def _csv_dict_reader(call: Call) -> Value:
    bound = _DICT_READER.bind(call)
    rows = _rows(call, bound["f"], {"dialect": bound["dialect"], **bound.rest})
    if isinstance(rows, Unknown):
        return rows
    if bound["fieldnames"] == NONE:
        names = [Constant(name) for name in rows[0]] if rows else []
        rows = rows[1:]
    else:
        given = call.items(bound["fieldnames"])
        if given.losses or not all(isinstance(name, Constant) for name in given.values):
            return lost(call, bound["fieldnames"])
        names = [name for name in given.values if isinstance(name, Constant)]
    keep = (row for row in rows if row)
    records = (_record(call, names, row, bound["restkey"], bound["restval"]) for row in keep)
    return DictReader(Sequence("list", list(names)), Iterator_(records))


def _record(
    call: Call, names: list[Constant], row: list[str], rest_key: Value, rest_value: Value
) -> Value:
    record = Mapping()
    for position, name in enumerate(names):
        value: Value = Constant(row[position]) if position < len(row) else rest_value
        record.entries[call.machine.hash_key(name)] = (name, value)
    if len(row) > len(names):
        extra = Sequence("list", [Constant(cell) for cell in row[len(names) :]])
        record.entries[call.machine.hash_key(rest_key)] = (rest_key, extra)
    return record


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "csv.DictReader": _csv_dict_reader,
    "csv.DictReader.__iter__": _rows_of,
    "csv.DictReader.__next__": _next_row,
    "csv.reader": _csv_reader,
    "ruamel.yaml.YAML": lambda call: External("ruamel.yaml.YAML.made"),
    "ruamel.yaml.YAML.made.load": each_option(_ruamel),
    "orjson.loads": _parsing(_json),
    "simplejson.loads": _parsing(_json),
    "toml.load": each_option(_toml_file),
    "toml.loads": _parsing(_toml),
    "tomli.load": _parsing(_toml),
    "tomli.loads": _parsing(_toml),
    "tomllib.load": _parsing(_toml),
    "tomllib.loads": _parsing(_toml),
    "yaml.full_load": _yaml(False),
    "yaml.load": _yaml(False),
    "yaml.load_all": _yaml(True),
    "yaml.safe_load": _yaml(False),
    "yaml.safe_load_all": _yaml(True),
}
