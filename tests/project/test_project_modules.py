"""Modules by name, held against Python's own import system."""

import importlib.util
import pkgutil
import subprocess
import sys

import pytest

from assetgen.analyzer.project.disk import Disk, EntryKind, Refused
from assetgen.analyzer.project.modules.modules import ModuleKind, Project

TREE = """
=== a/app/__init__.py
=== a/app/one.py
=== a/app/two.py
=== a/app/two/__init__.py
=== a/app/data/readme.txt
=== a/app/plain/inner.py
=== a/space/left.py
=== b/space/right.py
=== b/app/late.py
=== a/single.py
=== b/single.py
=== a/dbt/models/orders.sql
=== a/nothing.pyi
=== a/book.ipynb
=== a/regular/x.py
=== b/regular/__init__.py
=== b/regular/y.py
=== a/file_or_folder.py
=== a/file_or_folder/inside.py
=== a/app/first-steps/in-depth/a-module.py
"""
NAMES = [
    "app",
    "app.one",
    "app.two",
    "app.plain",
    "app.plain.inner",
    "app.late",
    "space",
    "space.left",
    "space.right",
    "single",
    "nothing",
    "book",
    "regular",
    "regular.x",
    "regular.y",
    "file_or_folder",
    "app.first-steps.in-depth.a-module",
    "file_or_folder.inside",
    "missing",
    "missing.more",
    "app.",
    "app..one",
]


@pytest.fixture
def project(write):
    folder = write(TREE)
    return Project((folder / "a", folder / "b"))


def python_finds(roots, names):
    program = (
        "import importlib.util, sys, json\n"
        f"sys.path[:0] = {[str(root) for root in roots]!r}\n"
        "found = {}\n"
        f"for name in {names!r}:\n"
        "    try:\n"
        "        spec = importlib.util.find_spec(name)\n"
        "    except (ImportError, ValueError):\n"
        "        spec = None\n"
        "    found[name] = spec and (spec.origin, list(spec.submodule_search_locations or ()))\n"
        "print(json.dumps(found))\n"
    )
    import json

    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_finds_what_python_would_import(project):
    expected = python_finds(project.source_roots, NAMES)
    for name in NAMES:
        module = project.find_module(name)
        if expected[name] is None:
            assert module is None, name
            continue
        origin, search = expected[name]
        assert module is not None, name
        assert (str(module.file) if module.file else None) == origin, name
        assert [str(path) for path in module.search] == search, name


def test_a_folder_of_data_hides_no_installed_package(project):
    assert project.find_module("dbt") is None
    assert project.find_module("app.data") is None


def test_every_name_leads_back_to_its_file(project):
    for name in ("app", "app.one", "app.two", "app.plain.inner", "space.right", "regular.y"):
        module = project.find_module(name)
        assert module is not None
        assert project.module_name(module.path) == name


def test_a_shadowed_file_has_no_name(project):
    root = project.source_roots[0]
    assert project.module_name(root / "app" / "two.py") is None
    assert project.module_name(root.parent / "elsewhere.py") is None


def test_the_deepest_source_root_names_a_module(write):
    folder = write("=== src/app/one.py\n=== src/app/__init__.py\n")
    assert Project((folder, folder / "src")).module_name(folder / "src/app/one.py") == "app.one"


def test_packages_for_relative_imports(project):
    packages = {name: project.find_module(name).package for name in ("app", "app.one", "single")}
    assert packages == {"app": "app", "app.one": "app", "single": ""}


def test_lists_what_pkgutil_lists(project):
    for name in ("app", "app.plain", "space", "regular"):
        package = project.find_module(name)
        expected = sorted(
            f"{name}.{m.name}" for m in pkgutil.iter_modules(map(str, package.search))
        )
        assert [module.name for module in project.list_modules(package)] == expected


def test_walks_packages_before_what_they_hold(write):
    folder = write("=== p/__init__.py\n=== p/b.py\n=== p/a/__init__.py\n=== p/a/z.py\n")
    project = Project((folder,))
    walked = [module.name for module in project.walk_modules(project.find_module("p"))]
    assert walked == ["p.a", "p.a.z", "p.b"]


def test_walks_modules_that_only_importlib_can_import(write):
    folder = write(
        "=== p/__init__.py\n=== p/a-b.py\n=== p/2020.py\n=== p/c.d.py\n=== p/e-f/__init__.py\n"
        "=== p/e-f/g.py\n"
    )
    project = Project((folder,))
    walked = [module.name for module in project.walk_modules(project.find_module("p"))]
    assert walked == ["p.2020", "p.a-b", "p.e-f", "p.e-f.g"]


def test_a_script_is_a_module_of_a_name_that_no_other_has(write):
    folder = write("=== a-b/nightly-load.py\n=== c-d/nightly-load.py\n")
    project = Project((folder,))
    modules = [project.module_at(folder / name / "nightly-load.py") for name in ("a-b", "c-d")]
    assert [module.name for module in modules] == ["a-b.nightly-load", "c-d.nightly-load"]
    assert {module.kind for module in modules} == {ModuleKind.MODULE}
    outside = project.module_at(folder.parent / "elsewhere/load.py")
    assert outside.name == "load"


def test_reads_each_file_once(write):
    folder = write("=== a.py\nx = 1\n")
    project = Project((folder,))
    assert project.read(folder / "a.py") == b"x = 1\n"
    (folder / "a.py").write_text("changed")
    assert project.read(folder / "a.py") == b"x = 1\n"


def test_what_cannot_be_read_is_refused_with_a_reason(write, tmp_path):
    import os

    folder = write("=== a.py\n")
    disk = Disk(max_file_bytes=2 << 20)
    (folder / "big.py").write_bytes(b"#" * (3 << 20))
    os.mkfifo(folder / "pipe.py")
    (folder / "gone.py").symlink_to(folder / "nowhere.py")
    assert disk.read(folder / "missing.py").reason == "no such file or directory"
    assert disk.read(folder).reason == "not a regular file"
    assert disk.read(folder / "pipe.py").reason == "not a regular file"
    assert disk.read(folder / "big.py").reason == "too large to be read (3 MB, at most 2 MB)"
    assert isinstance(disk.read(folder / "gone.py"), Refused)
    assert disk.kind(folder / "gone.py") is EntryKind.OTHER
    assert [refused.path.name for refused in disk.refused] == [
        "repo",
        "big.py",
        "gone.py",
        "missing.py",
        "pipe.py",
    ]


def test_nothing_is_imported(write):
    folder = write("=== danger.py\nraise SystemExit('imported')\n")
    assert Project((folder,)).find_module("danger") is not None
    assert "danger" not in sys.modules
    assert importlib.util.find_spec("danger") is None
