"""The modules `os`, `os.path`, `glob`, `shutil` and `tempfile`, as far as they only read."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    Constant,
    Declared,
    Iterator_,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import (
    each_option,
    lost,
    nothing,
    opaque,
    pure,
    pure_function,
)
from assetgen.analyzer.intrinsics.python.system.files import not_read, path_of
from assetgen.analyzer.intrinsics.python.system.paths import exists, is_file, is_folder, walked
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Refused

_RELATIVE: Final = Parameters("path, start='.'")
_PATH: Final = Parameters("path='.', **options")
_GLOB: Final = Parameters("pathname, *, root_dir=None, dir_fd=None, recursive=False, **options")

_CURRENT: Final = opaque("environment", "the directory in which it will run")
_MACHINE: Final = opaque("environment", "the machine on which it will run")


def _of_path(function: Callable[[Call, str], Value]) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        path = path_of(call, _PATH.bind(call)["path"])
        return path if isinstance(path, Unknown) else function(call, path)

    return each_option(intrinsic)


def _absolute(call: Call, path: str) -> Value:
    return Constant(str(call.machine.files.resolve(path)))


def _relative(call: Call) -> Value:
    """`relpath`; without a start, relative to the directory in which the project is analysed."""
    bound = _RELATIVE.bind(call)
    path, start = path_of(call, bound["path"]), path_of(call, bound["start"])
    if isinstance(path, Unknown):
        return path
    if isinstance(start, Unknown):
        return start
    if os.path.isabs(path) != os.path.isabs(start):  # noqa: PTH117
        return _CURRENT(call)
    return Constant(os.path.relpath(path, start))


def _list(call: Call, path: str) -> Value:
    found = call.machine.files.listdir(path)
    if isinstance(found, Refused):
        return not_read(call, found)
    return Sequence("list", [Constant(name) for name in found])


def _walk(call: Call, path: str) -> Value:
    rows = walked(call, path)
    if isinstance(rows, Unknown):
        return rows
    return Iterator_(
        Sequence(
            "tuple",
            [
                Constant(folder),
                Sequence("list", [Constant(name) for name in folders]),
                Sequence("list", [Constant(name) for name in files]),
            ],
        )
        for folder, folders, files in rows
    )


@dataclass(slots=True, eq=False)
class Entry(Declared):
    """An entry that `os.scandir` yields."""

    type_name: ClassVar[str] = "os.DirEntry"
    path: str = ""
    is_folder: bool = False

    def attribute(self, name: str) -> Value | None:
        if name == "path":
            return Constant(self.path)
        return Constant(os.path.basename(self.path)) if name == "name" else None  # noqa: PTH119


def _scan(call: Call, path: str) -> Value:
    files = call.machine.files
    found = files.listdir(path)
    if isinstance(found, Refused):
        return not_read(call, found)
    paths = [str(PurePath(path) / name) for name in found]
    return Iterator_(Entry(path, files.is_folder(path) is True) for path in paths)


def _entry_is(folder: bool) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        if not isinstance(call.receiver, Entry):
            return lost(call)
        return Constant(call.receiver.is_folder is folder)

    return intrinsic


def _expand_user(call: Call, path: str) -> Value:
    if path.startswith("~"):
        return call.unknown("environment", "the home directory of whoever runs it")
    return Constant(path)


def _expand_variables(call: Call, path: str) -> Value:
    if "$" in path:
        return call.unknown("environment", f"the environment variables in {path!r}")
    return Constant(path)


def _glob(call: Call) -> Value:
    bound = _GLOB.bind(call)
    pattern = path_of(call, bound["pathname"])
    if isinstance(pattern, Unknown):
        return pattern
    files = call.machine.files
    root = ""
    if bound["root_dir"] != Constant(None):
        given = path_of(call, bound["root_dir"])
        if isinstance(given, Unknown):
            return given
        root = given
    if call.machine.truth(bound["recursive"], call.site) is not True:
        pattern = pattern.replace("**", "*")
    found = files.glob(root or ".", pattern)
    if isinstance(found, Refused):
        return not_read(call, found)
    names = [str(path) for path in found]
    if not os.path.isabs(pattern):  # noqa: PTH117
        base = str(files.resolve(root or "."))
        names = [os.path.relpath(name, base) for name in names]
    visible = [name for name in names if not _is_hidden(name, pattern)]
    return Sequence("list", [Constant(name) for name in visible])


def _is_hidden(name: str, pattern: str) -> bool:
    """The module `glob` skips names with a leading dot unless the pattern has one."""
    return PurePath(name).name.startswith(".") and not PurePath(pattern).name.startswith(".")


def _iglob(call: Call) -> Value:
    found = _glob(call)
    return Iterator_(iter(found.items)) if isinstance(found, Sequence) else found


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "glob.escape": pure_function("glob", "escape"),
    "glob.glob": each_option(_glob),
    "glob.iglob": each_option(_iglob),
    "os.DirEntry.is_dir": _entry_is(True),
    "os.DirEntry.is_file": _entry_is(False),
    "os.chdir": nothing,
    "os.cpu_count": _MACHINE,
    "os.fspath": pure(os.fspath),
    "os.getcwd": _CURRENT,
    "os.getpid": _MACHINE,
    "os.listdir": _of_path(_list),
    "os.makedirs": nothing,
    "os.mkdir": nothing,
    "os.path.abspath": _of_path(_absolute),
    "os.path.basename": pure(os.path.basename),
    "os.path.commonpath": pure(os.path.commonpath),
    "os.path.commonprefix": pure(os.path.commonprefix),
    "os.path.dirname": pure(os.path.dirname),
    "os.path.exists": _of_path(exists),
    "os.path.expanduser": _of_path(_expand_user),
    "os.path.expandvars": _of_path(_expand_variables),
    "os.path.getmtime": opaque("file", "the state of a file when this runs"),
    "os.path.isabs": pure(os.path.isabs),
    "os.path.isdir": _of_path(is_folder),
    "os.path.isfile": _of_path(is_file),
    "os.path.join": pure(os.path.join),
    "os.path.normcase": pure(os.path.normcase),
    "os.path.normpath": pure(os.path.normpath),
    "os.path.realpath": _of_path(_absolute),
    "os.path.relpath": each_option(_relative),
    "os.path.split": pure(os.path.split),
    "os.path.splitext": pure(os.path.splitext),
    "os.remove": nothing,
    "os.scandir": _of_path(_scan),
    "os.uname": _MACHINE,
    "os.walk": _of_path(_walk),
    "platform.machine": _MACHINE,
    "platform.node": _MACHINE,
    "platform.system": _MACHINE,
    "posixpath.basename": pure(posixpath.basename),
    "posixpath.join": pure(posixpath.join),
    "shutil.rmtree": nothing,
    "shutil.which": _MACHINE,
    "socket.gethostname": _MACHINE,
    "tempfile.gettempdir": _MACHINE,
    "tempfile.mkdtemp": _MACHINE,
}

VALUES: Final[ReadOnlyMapping[str, Value]] = {
    "os.curdir": Constant(os.curdir),
    "os.extsep": Constant(os.extsep),
    "os.linesep": Constant("\n"),
    "os.name": Unknown("environment", "the operating system on which it will run"),
    "os.pardir": Constant(os.pardir),
    "os.path.sep": Constant(os.sep),
    "os.pathsep": Constant(os.pathsep),
    "os.sep": Constant(os.sep),
}
