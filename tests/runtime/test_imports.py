"""The runtime as the linker and the user's machine see it."""

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import assetgen.runtime

FOLDER = Path(assetgen.runtime.__file__).parent
TREES = {
    ".".join(path.relative_to(FOLDER).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
    for path in sorted(FOLDER.rglob("*.py"))
    if path.name != "__init__.py"
}


def test_exported_names_are_where_they_are_said_to_be() -> None:
    for name, home in assetgen.runtime.HOME.items():
        assert name in top_level_names(TREES[home]), name
        assert getattr(assetgen.runtime, name) is not None
    assert dir(assetgen.runtime) == sorted(assetgen.runtime.HOME)
    with pytest.raises(AttributeError):
        assetgen.runtime.nonsense  # noqa: B018
    assert not assetgen.runtime.HOME.keys() & {part for home in TREES for part in home.split(".")}


def test_top_level_names_are_distinct() -> None:
    counts = Counter(name for tree in TREES.values() for name in top_level_names(tree))
    assert [name for name, count in counts.items() if count > 1] == []


def test_imports_are_plain_and_point_one_way() -> None:
    edges: dict[str, set[str]] = {}
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.level == 0, module
                assert all(alias.name != "*" and not alias.asname for alias in node.names), module
                if (node.module or "").startswith("assetgen"):
                    imported = (node.module or "").removeprefix("assetgen.runtime.")
                    assert imported in TREES, module
                    edges.setdefault(module, set()).add(imported)
            elif isinstance(node, ast.Import) and node in tree.body:
                # What a function imports is needed by whoever calls it.
                names = [alias.name.split(".")[0] for alias in node.names]
                assert all(name in sys.stdlib_module_names for name in names), module
    left = set(TREES)
    while ready := {module for module in left if not edges.get(module, set()) & left}:
        left -= ready
    assert not left, "these modules import one another"


def test_importing_the_package_loads_almost_nothing() -> None:
    code = (
        "import sys; before = set(sys.modules); import assetgen.runtime;"
        "print(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    heavy = {"argparse", "asyncio", "dagster", "logging", "pydantic", "inspect", "tempfile"}
    assert not heavy & set(done.stdout.split())


def test_importing_all_of_it_loads_only_the_standard_library() -> None:
    code = (
        "import sys; before = set(sys.modules)\n"
        + "\n".join(f"import assetgen.runtime.{name}" for name in TREES)
        + "\nfound = {n.split('.')[0] for n in set(sys.modules) - before}"
        "\nprint(*sorted(found - set(sys.stdlib_module_names) - {'assetgen'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == []


def top_level_names(tree: ast.Module) -> set[str]:
    """The names that a module defines itself."""
    names = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {t.id for t in node.targets if isinstance(t, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names
