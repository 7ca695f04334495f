"""The module `pathlib`: paths as written, and the files of the project that they lead to."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import Path, PurePath
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Iterator_, Sequence, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    lost,
    nothing,
    opaque,
    pure,
    pure_attribute,
    pure_method,
)
from assetgen.analyzer.intrinsics.python.system.files import (
    not_read,
    open_path,
    path_of,
    read_text,
    unread,
)
from assetgen.analyzer.project.disk import Refused

_OPEN: Final = Parameters("mode='r', buffering=-1, encoding=None, errors=None, newline=None")
_READ: Final = Parameters("encoding=None, errors=None, newline=None")
_GLOB: Final = Parameters("pattern, *, case_sensitive=None, recurse_symlinks=False")

_HOME: Final = opaque("environment", "the home directory of whoever runs it")
_CURRENT: Final = opaque("environment", "the directory in which it will run")


def _of_path(function: Callable[[Call, str], Value]) -> Intrinsic:
    """The row for a method that asks about the file at a path."""

    def intrinsic(call: Call) -> Value:
        receiver = call.receiver
        if receiver is None:
            receiver, *rest = call.args or (Constant(None),)
            call = Call(call.machine, call.name, tuple(rest), call.kwargs, call.site, receiver)
        path = path_of(call, receiver)
        return path if isinstance(path, Unknown) else function(call, path)

    return each_option(intrinsic)


def path_values(paths: Iterable[Path]) -> list[Value]:
    """Found paths as constants."""
    return [Constant(PurePath(path)) for path in paths]


def answer(call: Call, found: bool | Refused) -> Value:
    """Whether a file or folder exists, as a value."""
    if isinstance(found, Refused):
        return unread(call, found)
    call.machine.absences += not found
    return Constant(found)


def _resolve(call: Call, path: str) -> Value:
    """The absolute path; symbolic links are not resolved, since modules are not looked up by their
    targets."""
    if path.startswith("~"):
        return _HOME(call)
    return Constant(PurePath(call.machine.files.resolve(path)))


def _relative_glob(call: Call, path: str) -> Value:
    return _glob(call, path, "")


def _recursive_glob(call: Call, path: str) -> Value:
    return _glob(call, path, "**/")


def _glob(call: Call, path: str, before: str) -> Value:
    pattern = _GLOB.bind(call).plain("pattern")
    if not isinstance(pattern, str):
        return lost(call, *call.args)
    found = call.machine.files.glob(path, before + pattern)
    if isinstance(found, Refused):
        return not_read(call, found)
    return Iterator_(iter(path_values(_spelled(call, path, found))))


def _spelled(call: Call, path: str, found: tuple[Path, ...]) -> list[Path]:
    """The absolute paths found under `path`, written relative to `path` as the code writes it."""
    if os.path.isabs(path):  # noqa: PTH117
        return list(found)
    base = call.machine.files.resolve(path)
    return [
        Path(path) / item.relative_to(base) if item.is_relative_to(base) else item for item in found
    ]


def _iterdir(call: Call, path: str) -> Value:
    found = call.machine.files.listdir(path)
    if isinstance(found, Refused):
        return not_read(call, found)
    return Iterator_(iter(path_values(Path(path) / name for name in found)))


def exists(call: Call, path: str) -> Value:
    """Whether there is something at a path."""
    return answer(call, call.machine.files.exists(path))


def is_file(call: Call, path: str) -> Value:
    """Whether there is a file at a path."""
    return answer(call, call.machine.files.is_file(path))


def is_folder(call: Call, path: str) -> Value:
    """Whether there is a folder at a path."""
    return answer(call, call.machine.files.is_folder(path))


def _open(call: Call, path: str) -> Value:
    return open_path(call, path, _OPEN.bind(call))


def _read_text(call: Call, path: str) -> Value:
    text = read_text(call, path, _READ.bind(call))
    return not_read(call, text) if isinstance(text, Refused) else Constant(text)


def _read_bytes(call: Call, path: str) -> Value:
    content = call.machine.files.read_bytes(path)
    return not_read(call, content) if isinstance(content, Refused) else Constant(content)


def _expand_user(call: Call, path: str) -> Value:
    return _HOME(call) if path.startswith("~") else Constant(PurePath(path))


def _walk(call: Call, path: str) -> Value:
    rows = walked(call, path)
    if isinstance(rows, Unknown):
        return rows
    return Iterator_(
        Sequence("tuple", [Constant(PurePath(folder)), _names(folders), _names(files)])
        for folder, folders, files in rows
    )


def walked(call: Call, path: str) -> list[tuple[str, list[str], list[str]]] | Unknown:
    """A folder and those below it, each with the names of its subfolders and files."""
    files = call.machine.files
    rows: list[tuple[str, list[str], list[str]]] = []
    waiting = [path]
    while waiting:
        folder = waiting.pop()
        names = files.listdir(folder)
        if isinstance(names, Refused):
            if not rows:
                return not_read(call, names)
            continue
        inside = [name for name in names if files.is_folder(PurePath(folder) / name) is True]
        rows.append((folder, inside, [name for name in names if name not in inside]))
        if len(rows) > call.machine.budget.collection:
            return call.unknown("budget", "too many folders")
        waiting.extend(str(PurePath(folder) / name) for name in reversed(inside))
    return rows


def _names(names: list[str]) -> Sequence:
    return Sequence("list", [Constant(name) for name in names])


def _parents(call: Call) -> Value:
    path = call.receiver
    if not isinstance(path, Constant) or not isinstance(path.value, PurePath):
        return lost(call)
    return Sequence("tuple", [Constant(parent) for parent in path.value.parents])


def _universal(call: Call) -> Value:
    """A path of `universal_pathlib`: a local path, unless it has another protocol."""
    given = [value.value for value in call.args if isinstance(value, Constant)]
    if call.kwargs or any("://" in str(value) for value in given):
        return call.unknown("external", "a path that is not on this disk", *call.args)
    return pure(PurePath)(call)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pathlib.Path": pure(PurePath),
    "pathlib.PosixPath": pure(PurePath),
    "pathlib.PurePath": pure(PurePath),
    "pathlib.PurePosixPath": pure(PurePath),
    "pathlib.Path.__fspath__": pure(os.fspath),
    "pathlib.Path.absolute": _of_path(_resolve),
    "pathlib.Path.anchor": pure_attribute(PurePath),
    "pathlib.Path.as_posix": pure_method(PurePath),
    "pathlib.Path.as_uri": pure_method(PurePath),
    "pathlib.Path.chmod": nothing,
    "pathlib.Path.cwd": _CURRENT,
    "pathlib.Path.exists": _of_path(exists),
    "pathlib.Path.expanduser": _of_path(_expand_user),
    "pathlib.Path.glob": _of_path(_relative_glob),
    "pathlib.Path.home": _HOME,
    "pathlib.Path.is_absolute": pure_method(PurePath),
    "pathlib.Path.is_dir": _of_path(is_folder),
    "pathlib.Path.is_file": _of_path(is_file),
    "pathlib.Path.is_relative_to": pure_method(PurePath),
    "pathlib.Path.iterdir": _of_path(_iterdir),
    "pathlib.Path.joinpath": pure_method(PurePath),
    "pathlib.Path.match": pure_method(PurePath),
    "pathlib.Path.mkdir": nothing,
    "pathlib.Path.name": pure_attribute(PurePath),
    "pathlib.Path.open": _of_path(_open),
    "pathlib.Path.parent": pure_attribute(PurePath),
    "pathlib.Path.parents": _parents,
    "pathlib.Path.parts": pure_attribute(PurePath),
    "pathlib.Path.read_bytes": _of_path(_read_bytes),
    "pathlib.Path.read_text": _of_path(_read_text),
    "pathlib.Path.relative_to": pure_method(PurePath),
    "pathlib.Path.resolve": _of_path(_resolve),
    "pathlib.Path.rglob": _of_path(_recursive_glob),
    "pathlib.Path.root": pure_attribute(PurePath),
    "pathlib.Path.stat": opaque("file", "the state of a file when this runs"),
    "pathlib.Path.stem": pure_attribute(PurePath),
    "pathlib.Path.suffix": pure_attribute(PurePath),
    "pathlib.Path.suffixes": pure_attribute(PurePath),
    "pathlib.Path.touch": nothing,
    "pathlib.Path.unlink": nothing,
    "pathlib.Path.walk": _of_path(_walk),
    "pathlib.Path.with_name": pure_method(PurePath),
    "pathlib.Path.with_stem": pure_method(PurePath),
    "pathlib.Path.with_suffix": pure_method(PurePath),
    "pathlib.Path.write_bytes": nothing,
    "pathlib.Path.write_text": nothing,
    "upath.UPath": _universal,
    "upath.UPath.cwd": _CURRENT,
    "upath.UPath.home": _HOME,
}

PROPERTIES: Final = frozenset(
    {
        "pathlib.Path.anchor",
        "pathlib.Path.name",
        "pathlib.Path.parent",
        "pathlib.Path.parents",
        "pathlib.Path.parts",
        "pathlib.Path.root",
        "pathlib.Path.stem",
        "pathlib.Path.suffix",
        "pathlib.Path.suffixes",
    }
)
