"""Files: `open` for reading files of the project, and in-memory files.

A file that the code writes has unknown content, and nothing is written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import Any, ClassVar, Final

from assetgen.analyzer.evaluate.attempts import may_raise
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import NotPlain
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    Iterator_,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.python.plain import lost, plain
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Refused

_OPEN: Final = Parameters(
    "file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True,"
    " opener=None"
)
_SIZE: Final = Parameters("size=-1, /")
_MEMORY: Final = Parameters("initial_value=None, newline=None")


@dataclass(slots=True, eq=False)
class OpenFile(Declared):
    """A file opened for reading, with its whole content; `position` is how far it has been read.

    `doubt` is why the content is not known, for an in-memory file that was written to.
    """

    type_name: ClassVar[str] = "io.TextIOWrapper"
    content: str | bytes = ""
    name: str = ""
    position: int = 0
    doubt: Unknown | None = None
    is_closed: bool = False

    def attribute(self, name: str) -> Value | None:
        if name == "name":
            return Constant(self.name)
        return Constant(self.is_closed) if name == "closed" else None

    def hand_out(self, to: Unknown) -> None:
        if not self.name:  # held in memory
            self.doubt = to

    def rest(self) -> str | bytes:
        """What has not been read yet; it is then consumed."""
        rest = self.content[self.position :]
        self.position = len(self.content)
        return rest

    def line(self) -> str | bytes:
        """The next line with its line end; empty at the end of the file."""
        newline: str | bytes = "\n" if isinstance(self.content, str) else b"\n"
        end = self.content.find(newline, self.position)  # type: ignore[arg-type]
        end = len(self.content) if end < 0 else end + 1
        line = self.content[self.position : end]
        self.position = end
        return line


def path_of(call: Call, value: Value) -> str | Unknown:
    """The path given by a string or a path object, or why it is not known."""
    try:
        path = plain(call, value)
    except NotPlain as error:
        return lost(call, error.value)
    if isinstance(path, (str, PurePath)):
        return os.fspath(path)
    return lost(call, value)


def unread(call: Call, refused: Refused) -> Unknown:
    """The unknown that stands for a file that cannot be read."""
    shown = call.machine.shown(os.fspath(refused.path))
    unknown = call.unknown("file", f"`{shown}` is not read: {refused.reason}")
    return replace(unknown, maker=f"{_FILE}{os.fspath(refused.path)}")


def not_read(call: Call, refused: Refused) -> Unknown:
    """The result of reading a file that cannot be read, which may raise."""
    unknown = unread(call, refused)
    shown = call.machine.shown(os.fspath(refused.path))
    raised = Raised("builtins.FileNotFoundError", f"[Errno 2] No such file or directory: '{shown}'")
    may_raise(call.machine, unknown, raised)  # it may be there where the code runs
    return unknown


_FILE: Final = "file:"


def file_of(unknown: Unknown) -> str | None:
    """The path of the file that could not be read, if that is why a value is not known."""
    maker = unknown.root().maker
    return maker.removeprefix(_FILE) if maker.startswith(_FILE) else None


def open_path(call: Call, path: str, bound: Bound) -> Value:
    """An open file, with the arguments `mode`, `encoding` and `errors`."""
    mode = bound.plain("mode")
    if not isinstance(mode, str):
        return lost(call, bound["mode"])
    if set(mode) & set("wax+"):
        return call.unknown("file", f"`{call.machine.shown(path)}` is written when this runs")
    if "b" in mode:
        content: str | bytes | Refused = call.machine.files.read_bytes(path)
    else:
        content = read_text(call, path, bound)
    if isinstance(content, Refused):
        return not_read(call, content)
    return OpenFile(content, path)


def read_text(call: Call, path: str, bound: Bound) -> str | Refused:
    """The text of a file, with the arguments `encoding` and `errors`."""
    encoding, errors = bound.plain("encoding"), bound.plain("errors")
    return call.machine.files.read_text(
        path,
        encoding if isinstance(encoding, str) else "utf-8",
        errors if isinstance(errors, str) else "strict",
    )


def content_of(call: Call, value: Value) -> str | bytes | Unknown:
    """What is left to be read from an open file, or a string itself."""
    if isinstance(value, OpenFile):
        return value.doubt or value.rest()
    if isinstance(value, Constant) and isinstance(value.value, (str, bytes)):
        return value.value
    return lost(call, value)


def _open(call: Call) -> Value:
    bound = _OPEN.bind(call)
    path = path_of(call, bound["file"])
    return path if isinstance(path, Unknown) else open_path(call, path, bound)


def _memory(call: Call) -> Value:
    initial = _MEMORY.bind(call).plain("initial_value")
    if initial is None:
        return OpenFile("" if call.name.endswith("StringIO") else b"")
    return OpenFile(initial) if isinstance(initial, (str, bytes)) else lost(call, *call.args)


def _read(call: Call, file: OpenFile) -> Value:
    size = _SIZE.bind(call).plain("size")
    if file.doubt is not None:
        return file.doubt
    if size is None or size == -1:
        return Constant(file.rest())
    if not isinstance(size, int):
        return lost(call, *call.args)
    start, file.position = file.position, min(file.position + size, len(file.content))
    return Constant(file.content[start : file.position])


def _read_line(call: Call, file: OpenFile) -> Value:
    return file.doubt or Constant(file.line())


def _read_lines(call: Call, file: OpenFile) -> Value:
    if file.doubt is not None:
        return file.doubt
    lines: list[Value] = []
    while line := file.line():
        lines.append(Constant(line))
    return Sequence("list", lines)


def _iterate(call: Call, file: OpenFile) -> Value:
    if file.doubt is not None:
        return file.doubt
    return Iterator_(map(Constant, iter(file.line, type(file.content)())))


def _seek(call: Call, file: OpenFile) -> Value:
    offset = call.first
    if isinstance(offset, Constant) and isinstance(offset.value, int) and len(call.args) == 1:
        file.position = min(offset.value, len(file.content))
    return offset


def _get_value(call: Call, file: OpenFile) -> Value:
    return file.doubt or Constant(file.content)


def _write(call: Call, file: OpenFile) -> Value:
    """Appends to an in-memory file; if the text is not known, the whole content is unknown."""
    text = call.args[0] if call.args else lost(call, *call.losses)
    data = text.value if isinstance(text, Constant) else None
    if isinstance(data, type(file.content)) and file.doubt is None and not call.machine.journals:
        end = file.position + len(data)
        kept: Any = file.content
        file.content = kept[: file.position] + data + kept[end:]
        file.position = end
        return Constant(len(data))
    file.doubt = file.doubt or lost(call, text)
    return NONE


def _write_lines(call: Call, file: OpenFile) -> Value:
    items = call.items(call.args[0]) if call.args else None
    for item in items.values if items is not None else ():
        _write(replace(call, args=(item,)), file)
    if items is not None and items.losses:
        file.doubt = items.losses[0]
    return NONE


def _enter(call: Call, file: OpenFile) -> Value:
    return file


def _close(call: Call, file: OpenFile) -> Value:
    file.is_closed = True
    return NONE


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.open": _open,
    "io.BytesIO": _memory,
    "io.StringIO": _memory,
    "io.open": _open,
    "codecs.open": _open,
    "io.TextIOWrapper.__enter__": method(OpenFile, _enter),
    "io.TextIOWrapper.__exit__": method(OpenFile, _close),
    "io.TextIOWrapper.__iter__": method(OpenFile, _iterate),
    "io.TextIOWrapper.__next__": method(OpenFile, _read_line),
    "io.TextIOWrapper.close": method(OpenFile, _close),
    "io.TextIOWrapper.getvalue": method(OpenFile, _get_value),
    "io.TextIOWrapper.read": method(OpenFile, _read),
    "io.TextIOWrapper.readline": method(OpenFile, _read_line),
    "io.TextIOWrapper.readlines": method(OpenFile, _read_lines),
    "io.TextIOWrapper.seek": method(OpenFile, _seek),
    "io.TextIOWrapper.write": method(OpenFile, _write),
    "io.TextIOWrapper.writelines": method(OpenFile, _write_lines),
}
