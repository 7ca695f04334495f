"""Modules as objects: `importlib`, `pkgutil`, `sys`, `__import__`, `runpy`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    TRUE,
    Constant,
    Declared,
    External,
    Iterator_,
    Mapping,
    Module,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, lost, nothing
from assetgen.analyzer.intrinsics.python.system.contexts import Context
from assetgen.analyzer.intrinsics.python.system.files import not_read
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.project.disk import Refused

_IMPORT: Final = Parameters("name, package=None")
_DUNDER_IMPORT: Final = Parameters("name, globals=None, locals=None, fromlist=(), level=0")
_FILES: Final = Parameters("anchor=None")
_PATHS: Final = Parameters("path=None, prefix='', onerror=None")
_NAME: Final = Parameters("name, default=None, /")


def _import_module(call: Call) -> Value:
    bound = _IMPORT.bind(call)
    name, package = bound.plain("name"), bound.plain("package")
    if not isinstance(name, str):
        return lost(call, bound["name"])
    if name.startswith("."):
        if not isinstance(package, str):
            return lost(call, bound["package"])
        name = _absolute(name, package)
    found = call.machine.import_module(name)
    if isinstance(found, External):
        call.machine.check_exists(name, call.site)
    call.machine.doubt_installed(name, call.site)
    return found


def _absolute(name: str, package: str) -> str:
    level = len(name) - len(name.lstrip("."))
    parts = package.split(".")
    base = parts[: len(parts) - level + 1]
    return ".".join([*base, name[level:]] if name[level:] else base)


def _dunder_import(call: Call) -> Value:
    bound = _DUNDER_IMPORT.bind(call)
    name = bound.plain("name")
    if not isinstance(name, str) or bound.plain("level") != 0:
        return lost(call, bound["name"])
    found = call.machine.import_module(name)
    call.machine.doubt_installed(name, call.site)
    wanted = bound["fromlist"]
    if isinstance(wanted, Sequence) and wanted.items:
        return found
    return call.machine.import_module(name.partition(".")[0])


def _resource_files(call: Call) -> Value:
    """The folder of a package of the project."""
    anchor = _FILES.bind(call)["anchor"]
    if anchor == NONE:
        anchor = Constant(call.site.module.name)
    if isinstance(anchor, Constant) and isinstance(anchor.value, str):
        anchor = call.machine.import_module(anchor.value)
    if isinstance(anchor, Module) and anchor.file is not None:
        return Constant(PurePath(anchor.file).parent)
    return lost(call, anchor)


def _resource(call: Call) -> Value:
    """A file of a package, by the package and its name."""
    folder = _resource_files(Call(call.machine, call.name, call.args[:1], {}, call.site))
    if isinstance(folder, Unknown) or len(call.args) < 2:
        return folder
    return call.binary(ast.Div, folder, call.args[1])


def _resource_read(name: str) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        path = _resource(call)
        if isinstance(path, Unknown):
            return path
        reader = call.get_attribute(path, name)
        return call.invoke(reader)

    return intrinsic


def _find_spec(call: Call) -> Value:
    bound = _IMPORT.bind(call)
    name = bound.plain("name")
    if not isinstance(name, str):
        return lost(call, bound["name"])
    found = call.machine.import_module(name)
    if isinstance(found, Module) or call.machine.project.is_required(name):
        return Record("importlib.machinery.ModuleSpec", {"name": Constant(name)})
    return call.unknown("environment", f"whether the package {name} is installed")


def _version(call: Call) -> Value:
    return call.unknown("environment", "which version of a package is installed")


@dataclass(slots=True, eq=False)
class ModuleInfo(Declared):
    """What `pkgutil.iter_modules` yields: a finder, a name, and whether it is a package."""

    type_name: ClassVar[str] = "pkgutil.ModuleInfo"
    name: str = ""
    is_package: bool = False
    folder: str = ""

    def fields(self) -> tuple[Value, Value, Value]:
        """Its items, in order."""
        finder = Record("importlib.machinery.FileFinder", {"path": Constant(self.folder)})
        return finder, Constant(self.name), TRUE if self.is_package else FALSE

    def attribute(self, name: str) -> Value | None:
        return dict(zip(("module_finder", "name", "ispkg"), self.fields(), strict=True)).get(name)


def _info_items(call: Call) -> Value:
    if not isinstance(call.receiver, ModuleInfo):
        return lost(call)
    return Sequence("tuple", list(call.receiver.fields()))


def _info_item(call: Call) -> Value:
    return call.subscript(_info_items(call), call.args[0])


def _listing(recursive: bool) -> Intrinsic:
    """`iter_modules`, or `walk_packages`, for the packages of the project."""

    def intrinsic(call: Call) -> Value:
        bound = _PATHS.bind(call)
        prefix = bound.plain("prefix")
        if bound["path"] == NONE or not isinstance(prefix, str):
            return call.unknown("environment", "all modules that are installed", bound["prefix"])
        folders = call.items(bound["path"])
        result = Iterator_(iter(()), list(folders.losses))
        found: list[Value] = []
        for folder in folders.values:
            if isinstance(folder, Constant) and isinstance(folder.value, (str, PurePath)):
                found.extend(_modules(call, str(folder.value), prefix, recursive, result.losses))
            else:
                result.losses.append(lost(call, folder))
        result.source = iter(found)
        return result

    return intrinsic


def _modules(
    call: Call, folder: str, prefix: str, recursive: bool, losses: list[Unknown]
) -> Iterator[ModuleInfo]:
    names = call.machine.files.listdir(folder)
    if isinstance(names, Refused):
        losses.append(not_read(call, names))
        return
    for name in names:
        stem, dot, suffix = name.rpartition(".")
        if suffix == "py" and dot and stem != "__init__" and stem.isidentifier():
            yield ModuleInfo(prefix + stem, False, folder)
        elif not dot and name.isidentifier():
            inner = f"{folder}/{name}"
            if call.machine.files.is_file(f"{inner}/__init__.py") is True:
                yield ModuleInfo(prefix + name, True, folder)
                if recursive:
                    yield from _modules(call, inner, f"{prefix}{name}.", recursive, losses)


def _module_of(call: Call) -> Value:
    """`sys.modules[name]`."""
    bound = _NAME.bind(call)
    name = bound["name"]
    if not isinstance(name, Constant) or not isinstance(name.value, str):
        return lost(call, name)
    module = call.machine.modules.get(name.value)
    if module is not None:
        call.machine.current.uses[name.value] = None
        return module
    return call.machine.import_module(name.value)


def _exit(call: Call) -> Value:
    raise Raised("builtins.SystemExit", "the program ends here")


def _names_of_modules(call: Call) -> Value:
    return Mapping(losses=[call.unknown("environment", "which modules are loaded")])


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "builtins.__import__": each_option(_dunder_import),
    "builtins.exit": _exit,
    "builtins.quit": _exit,
    "importlib.find_loader": each_option(_find_spec),
    "importlib.import_module": each_option(_import_module),
    "importlib.invalidate_caches": nothing,
    "importlib.metadata.version": _version,
    "importlib.reload": lambda call: call.args[0] if call.args else lost(call),
    "importlib.resources.as_file": lambda call: Context(call.first),
    "importlib.resources.files": _resource_files,
    "importlib.resources.open_binary": _resource_read("open"),
    "importlib.resources.open_text": _resource_read("open"),
    "importlib.resources.path": lambda call: Context(_resource(call)),
    "importlib.resources.read_binary": _resource_read("read_bytes"),
    "importlib.resources.read_text": _resource_read("read_text"),
    "pkgutil.extend_path": lambda call: call.args[0] if call.args else lost(call),
    "pkgutil.get_data": _resource_read("read_bytes"),
    "importlib.util.find_spec": each_option(_find_spec),
    "importlib_resources.files": _resource_files,
    "pkgutil.ModuleInfo.__getitem__": _info_item,
    "pkgutil.ModuleInfo.__iter__": _info_items,
    "pkgutil.iter_modules": _listing(False),
    "pkgutil.walk_packages": _listing(True),
    "sys.exit": _exit,
    "sys.getrecursionlimit": lambda call: Constant(1000),
    "sys.getsizeof": lambda call: call.unknown("environment", "the size of an object"),
    "sys.intern": lambda call: call.args[0] if call.args else lost(call),
    "sys.modules.__contains__": lambda call: (
        TRUE if isinstance(_module_of(call), Module) else lost(call)
    ),
    "sys.modules.__getitem__": _module_of,
    "sys.modules.__setitem__": nothing,
    "sys.modules.copy": _names_of_modules,
    "sys.modules.get": _module_of,
    "sys.path.remove": nothing,
    "sys.setrecursionlimit": nothing,
    "sys.stderr.write": nothing,
    "sys.stdout.flush": nothing,
    "sys.stdout.write": nothing,
}

VALUES: Final[ReadOnlyMapping[str, Value]] = {
    "sys.argv": Unknown("environment", "the arguments of the command that runs it"),
    "sys.byteorder": Unknown("environment", "the machine on which it will run"),
    "sys.executable": Unknown("environment", "the Python that will run it"),
    "sys.maxsize": Constant(9223372036854775807),
    "sys.platform": Unknown("environment", "the operating system on which it will run"),
    "sys.prefix": Unknown("environment", "the Python that will run it"),
    "sys.version": Unknown("environment", "the version of the Python that will run it"),
    "sys.version_info": Unknown("environment", "the version of the Python that will run it"),
}
