"""TOML, YAML and INI files of a project, read with the positions of their keys."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.project.disk import Disk, Refused
from assetgen.analyzer.project.files.shown import shown

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True, slots=True)
class SettingsFile:
    """The content of one file; empty, with a problem, if it could not be read.

    `table` holds plain data (mappings, lists, scalars), as the format's own reader gives it.
    """

    path: Path
    table: Mapping[str, object] = field(default_factory=dict)
    text: str = ""
    problem: Diagnostic | None = None

    def get(self, *keys: str) -> object:
        """The value under nested keys, or None if any of them is missing or is not a table."""
        value: object = self.table
        for key in keys:
            if not isinstance(value, Mapping):
                return None
            value = value.get(key)
        return value

    def text_at(self, *keys: str) -> str | None:
        value = self.get(*keys)
        return value if isinstance(value, str) else None

    def texts_at(self, *keys: str) -> tuple[str, ...]:
        """The strings in a list, or a string alone; other values are left out."""
        value = self.get(*keys)
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list):
            return ()
        return tuple(item for item in value if isinstance(item, str))

    def tables_at(self, *keys: str) -> tuple[Mapping[str, object], ...]:
        """The tables in a list, or a table alone; other values are left out."""
        value = self.get(*keys)
        values = value if isinstance(value, list) else [value]
        return tuple(item for item in values if isinstance(item, Mapping))

    def span(self, *keys: str) -> Span:
        """Where the last of the nested keys is written, as exactly as the text shows."""
        return _span_of(self, keys)


def read_toml(path: Path, disk: Disk) -> SettingsFile:
    """A TOML file; a missing file reads as an empty one."""
    return disk.once(_toml, path)


def read_yaml(path: Path, disk: Disk) -> SettingsFile:
    """A YAML file that holds a mapping; a missing file reads as an empty one."""
    return disk.once(_yaml, path)


def read_ini(path: Path, disk: Disk) -> SettingsFile:
    """A setup.cfg, its sections as tables of strings; a missing file reads as an empty one."""
    return disk.once(_ini, path)


def _toml(path: Path, disk: Disk) -> SettingsFile:
    text = _text(path, disk)
    if not isinstance(text, str):
        return text
    try:
        return SettingsFile(path, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        return _broken(path, text, "TOML", str(error))
    except RecursionError:
        return _broken(path, text, "TOML", "nested too deeply")


def _yaml(path: Path, disk: Disk) -> SettingsFile:
    text = _text(path, disk)
    if not isinstance(text, str):
        return text
    import yaml

    try:
        content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f" (at line {mark.line + 1}, column {mark.column + 1})" if mark else ""
        return _broken(path, text, "YAML", f"{error.problem or error.context}{place}")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return _broken(path, text, "YAML", str(error).partition("\n")[0])
    return SettingsFile(path, content if isinstance(content, dict) else {}, text)


def _ini(path: Path, disk: Disk) -> SettingsFile:
    text = _text(path, disk)
    if not isinstance(text, str):
        return text
    import configparser  # few projects still have such files

    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        return _broken(path, text, "INI", str(error).replace("\n", " "))
    return SettingsFile(path, {name: dict(parser.items(name)) for name in parser.sections()}, text)


def _text(path: Path, disk: Disk) -> str | SettingsFile:
    if not disk.is_file(path):
        return SettingsFile(path)
    content = disk.read(path)
    if isinstance(content, Refused):
        message = f"`{path.name}` cannot be read: {content.reason}"
        return SettingsFile(path, problem=_problem(path, 1, 1, message))
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"`{path.name}` is not UTF-8 text"
        return SettingsFile(path, problem=_problem(path, line, 1, message))


def _broken(path: Path, text: str, format_name: str, message: str) -> SettingsFile:
    match = re.search(r"\(?\bat line (\d+), column (\d+)\)?|\(?at end of document\)?", message)
    line, column = 1, 1
    if match:
        message = message.replace(match[0], "").rstrip()
        if match[1]:
            line, column = int(match[1]), int(match[2])
        else:
            line = text.count("\n") + 1
    said = f"`{path.name}` is not valid {format_name}: {message}"
    return SettingsFile(path, text=text, problem=_problem(path, line, column, said))


def _problem(path: Path, line: int, column: int, message: str) -> Diagnostic:
    return diagnostic(
        "bad-configuration", message, Span(shown(path), line, column, line, column + 1)
    )


def _span_of(file: SettingsFile, keys: tuple[str, ...]) -> Span:
    """Find the longest part of the path that is a header, and the key below it."""
    lines = file.text.split("\n")
    at = _header(file.text, keys)
    for key in keys[at[1] :]:
        pattern = re.compile(rf"""\s*(?:-\s*)?["']?({re.escape(key)})["']?\s*[=:.]""")
        inline = re.compile(rf"""[{{,\[]\s*["']?({re.escape(key)})["']?\s*[=:]""")
        for number in range(at[0], len(lines)):
            match = pattern.match(lines[number]) or inline.search(lines[number])
            if match:
                at = (number, at[1])
                found = match.span(1)
                break
            if number > at[0] and lines[number].startswith("["):
                return _line_span(file, lines, at[0])
        else:
            return _line_span(file, lines, at[0])
        if key == keys[-1]:
            line, path = at[0] + 1, shown(file.path)
            return Span(path, line, found[0] + 1, line, found[1] + 1)
    return _line_span(file, lines, at[0])


def _header(text: str, keys: tuple[str, ...]) -> tuple[int, int]:
    """The line, from 0, of the header that has most of the keys, and how many it has."""
    for length in range(len(keys), 0, -1):
        header = r"\s*\.\s*".join(f"[\"']?{re.escape(key)}[\"']?" for key in keys[:length])
        found = re.search(rf"^[ \t]*\[\[?\s*{header}\s*\]", text, re.MULTILINE)
        if found:
            return text.count("\n", 0, found.start()), length
    return 0, 0


def _line_span(file: SettingsFile, lines: list[str], number: int) -> Span:
    width = max(1, len(lines[number].rstrip()))
    return Span(shown(file.path), number + 1, 1, number + 1, width + 1)
