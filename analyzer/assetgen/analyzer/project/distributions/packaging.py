"""Where the packages of one distribution lie, as its build files say or its layout shows."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from assetgen.analyzer.project.disk import Disk, EntryKind, Refused, absolute
from assetgen.analyzer.project.files.quiet import without_warnings
from assetgen.analyzer.project.files.settings_file import SettingsFile, read_ini, read_toml


def distribution_roots(folder: Path, disk: Disk) -> tuple[Path, ...]:
    """The source roots of the distribution whose project files are in `folder`, best first.

    Declared ones come first, then `src/`, then the folder itself, which is on `sys.path` when
    Dagster is started there.
    """
    return disk.once(_roots, folder)


def _roots(folder: Path, disk: Disk) -> tuple[Path, ...]:
    pyproject = read_toml(folder / "pyproject.toml", disk)
    roots = [
        *_setuptools_roots(pyproject),
        *_hatch_roots(pyproject),
        *_poetry_roots(pyproject),
        *_backend_roots(pyproject),
        *_setup_cfg_roots(read_ini(folder / "setup.cfg", disk)),
        *_setup_py_roots(folder / "setup.py", disk),
        *_test_roots(pyproject),
    ]
    if _is_source_folder(folder / "src", disk):
        roots.append("src")
    found = [absolute(root, folder) for root in roots]
    return tuple(dict.fromkeys([*(root for root in found if disk.is_folder(root)), folder]))


def _setuptools_roots(pyproject: SettingsFile) -> list[str]:
    package_dir = pyproject.get("tool", "setuptools", "package-dir")
    roots = list(pyproject.texts_at("tool", "setuptools", "packages", "find", "where"))
    if isinstance(package_dir, Mapping):
        roots += _package_dir_roots(package_dir)
    return roots


def _hatch_roots(pyproject: SettingsFile) -> list[str]:
    build = ("tool", "hatch", "build")
    wheel = (*build, "targets", "wheel")
    packages = [
        *pyproject.texts_at(*wheel, "packages"),
        *pyproject.texts_at(*build, "packages"),
        *pyproject.texts_at(*wheel, "only-include"),
    ]
    return [
        *pyproject.texts_at(*build, "dev-mode-dirs"),
        *pyproject.texts_at(*wheel, "sources"),
        *(str(Path(package).parent) for package in packages),
    ]


def _poetry_roots(pyproject: SettingsFile) -> list[str]:
    packages = pyproject.tables_at("tool", "poetry", "packages")
    return [str(package.get("from", ".")) for package in packages]


def _backend_roots(pyproject: SettingsFile) -> list[str]:
    return [root for keys in _ROOT_SETTINGS for root in pyproject.texts_at(*keys)]


def _setup_cfg_roots(setup_cfg: SettingsFile) -> list[str]:
    roots = [
        line
        for text in setup_cfg.texts_at("options.packages.find", "where")
        for line in text.split()
    ]
    package_dir = setup_cfg.text_at("options", "package_dir") or ""
    pairs = (line.partition("=") for line in package_dir.splitlines() if "=" in line)
    return roots + _package_dir_roots({name.strip(): path.strip() for name, _, path in pairs})


def _setup_py_roots(path: Path, disk: Disk) -> list[str]:
    """Reads the keyword arguments of `setup`, if they are literals."""
    content = disk.read(path) if disk.is_file(path) else b""
    if isinstance(content, Refused) or b"setup" not in content:
        return []
    try:
        with without_warnings():
            tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    roots: list[str] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else None
        name = node.func.id if isinstance(node.func, ast.Name) else name
        arguments = {word.arg: word.value for word in node.keywords if word.arg}
        if name == "setup" and isinstance(arguments.get("package_dir"), ast.Dict):
            package_dir = _literal(arguments["package_dir"])
            roots += _package_dir_roots(package_dir if isinstance(package_dir, dict) else {})
        if name in {"find_packages", "find_namespace_packages"}:
            where = _literal(node.args[0] if node.args else arguments.get("where"))
            roots += [where] if isinstance(where, str) else []
    return roots


def _test_roots(pyproject: SettingsFile) -> tuple[str, ...]:
    return pyproject.texts_at("tool", "pytest", "ini_options", "pythonpath")


def _package_dir_roots(package_dir: Mapping[str, object]) -> list[str]:
    """The root of all packages, and the parent folders of those with a location of their own."""
    roots = []
    for name, path in package_dir.items():
        if not isinstance(path, str):
            continue
        if not name:
            roots.append(path)
        elif path.replace("\\", "/").split("/")[-len(name.split(".")) :] == name.split("."):
            roots.append("/".join(path.split("/")[: -len(name.split("."))]) or ".")
    return roots


def _is_source_folder(folder: Path, disk: Disk) -> bool:
    entries = disk.listing(folder)
    if not entries or "__init__.py" in entries:
        return False
    return any(
        name.endswith(".py")
        or (
            kind is EntryKind.FOLDER
            and name.isidentifier()
            and any(below.endswith(".py") for below in disk.listing(folder / name))
        )
        for name, kind in entries.items()
    ) or _holds_namespace(folder, disk)


def _holds_namespace(folder: Path, disk: Disk) -> bool:
    return any(
        kind is EntryKind.FOLDER and "__init__.py" in disk.listing(folder / name / below)
        for name in disk.listing(folder)
        for below, kind in disk.listing(folder / name).items()
    )


def _literal(node: ast.expr | None) -> object:
    try:
        return ast.literal_eval(node) if node is not None else None
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None


_ROOT_SETTINGS: Final = (
    ("tool", "pdm", "build", "package-dir"),
    ("tool", "uv", "build-backend", "module-root"),
    ("tool", "maturin", "python-source"),
)
