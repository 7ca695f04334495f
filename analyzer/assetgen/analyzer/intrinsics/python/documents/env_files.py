"""Files of environment variables (`.env`), as python-dotenv reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    Constant,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.classes.fields import as_mapping
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.system.environment import assign, is_known
from assetgen.analyzer.intrinsics.python.system.files import not_read, path_of
from assetgen.analyzer.project.disk import Refused

_LOAD: Final = Parameters(
    "dotenv_path=None, stream=None, verbose=False, override=False, interpolate=True, encoding=None"
)
_FIND: Final = Parameters("filename='.env', raise_error_if_not_found=False, usecwd=False")

_LINE: Final = re.compile(
    r"""\s*(?:export\s+)?(?P<name>[^=#\s]+)\s*=[^\S\n]*
    (?: '(?P<single>(?:\\'|[^'])*)' | "(?P<double>(?:\\"|[^"])*)" | (?P<plain>[^\n]*) )""",
    re.VERBOSE,
)
_VARIABLE: Final = re.compile(r"\$\{(?P<name>[^}:]+)(?::-(?P<default>[^}]*))?\}")
_ESCAPES: Final = {r"\n": "\n", r"\t": "\t", r"\"": '"', r"\\": "\\"}


def variables_in(text: str, outside: ReadOnlyMapping[str, str]) -> dict[str, str]:
    """The variables of a file by name; `${NAME}` refers to an earlier one, or to one of
    `outside`."""
    found: dict[str, str] = {}

    def value_of(match: re.Match[str]) -> str:
        known = {**found, **outside}
        return known.get(match["name"], match["default"] or "")

    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        if match is None or not match["name"]:
            end = text.find("\n", position)
            position = len(text) if end < 0 else end + 1
            continue
        if match["single"] is not None:
            value = match["single"].replace(r"\'", "'")
        elif match["double"] is not None:
            value = re.sub(r'\\[nt"\\]', lambda escape: _ESCAPES[escape[0]], match["double"])
        else:
            value = re.sub(r"\s+#.*", "", match["plain"]).strip()
        if match["single"] is None:
            value = _VARIABLE.sub(value_of, value)
        found[match["name"]] = value
        end = text.find("\n", match.end())
        position = len(text) if end < 0 else end + 1
    return found


def _read(call: Call, path: Value) -> dict[str, str] | Unknown:
    """The variables of the given file, or of the nearest `.env` above the module that asks for
    it."""
    if path == NONE:
        found = _nearest(call, ".env")
        if found is None:
            return call.unknown("environment", "whether there is a .env file")
        path = found
    place = path_of(call, path) if isinstance(path, Constant) else lost(call, path)
    if isinstance(place, Unknown):
        return place
    text = call.machine.files.read_text(place)
    if isinstance(text, Refused):
        return not_read(call, text)
    return variables_in(text, call.machine.environment)


def _nearest(call: Call, name: str) -> Value | None:
    file = call.site.module.file
    for folder in PurePath(file).parents if file is not None else ():
        if call.machine.files.is_file(str(folder / name)) is True:
            return Constant(str(folder / name))
    return None


def _load(call: Call) -> Value:
    bound = _LOAD.bind(call)
    variables = _read(call, bound["dotenv_path"])
    if isinstance(variables, Unknown):
        return variables
    overrides = call.machine.truth(bound["override"], call.site) is True
    for name, value in variables.items():
        if overrides or not is_known(call, name):
            assign(call, name, Constant(value))
    return TRUE if variables else FALSE


def _values(call: Call) -> Value:
    variables = _read(call, _LOAD.bind(call)["dotenv_path"])
    if isinstance(variables, Unknown):
        return variables
    return as_mapping(call, {name: Constant(value) for name, value in variables.items()})


def _find(call: Call) -> Value:
    name = _FIND.bind(call).plain("filename")
    found = _nearest(call, name) if isinstance(name, str) else None
    return found or call.unknown("environment", "where the .env file lies")


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "dotenv.dotenv_values": _values,
    "dotenv.find_dotenv": _find,
    "dotenv.load_dotenv": _load,
}
