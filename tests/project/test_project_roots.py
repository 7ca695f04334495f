"""Source roots from what projects say of themselves, and from how they look."""

import pytest

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.files.repository import repository_root
from assetgen.analyzer.project.modules.source_roots import discover_source_roots

CASES = {
    "src layout": (
        "=== pyproject.toml\n=== src/app/__init__.py\n=== src/app/a.py\n",
        "src/app/a.py",
        ["src", "."],
    ),
    "flat layout": (
        "=== pyproject.toml\n=== app/__init__.py\n=== app/a.py\n",
        "app/a.py",
        ["."],
    ),
    "a package called src": (
        "=== pyproject.toml\n=== src/__init__.py\n=== src/a.py\n",
        "src/a.py",
        ["."],
    ),
    "namespace package in src": (
        "=== pyproject.toml\n=== src/space/app/__init__.py\n=== src/space/app/a.py\n",
        "src/space/app/a.py",
        ["src", "."],
    ),
    "packages without a project": (
        "=== x/app/__init__.py\n=== x/app/a.py\n",
        "x/app/a.py",
        ["x", "."],
    ),
    "a namespace package without a project": ("=== jobs/a.py\n", "jobs/a.py", ["."]),
    "scripts that import each other": (
        "=== pyproject.toml\n=== jobs/nightly.py\nfrom shared import x\n=== jobs/shared.py\n",
        "jobs/nightly.py",
        ["jobs", "."],
    ),
    "namespace packages that import each other": (
        "=== weather/acme/weather/a.py\nimport os\nfrom acme.weather.b import x\n"
        "=== weather/acme/weather/b.py\n",
        "weather/acme/weather/a.py",
        ["weather", "."],
    ),
    "a script that imports what lies above": (
        "=== pyproject.toml\n=== jobs/nightly.py\nfrom lib.x import y\n=== lib/x.py\n",
        "jobs/nightly.py",
        ["."],
    ),
    "a folder that cannot be named": ("=== my-jobs/a.py\n", "my-jobs/a.py", ["my-jobs", "."]),
    "a namespace package inside of a package": (
        "=== lib/app/__init__.py\n=== lib/app/defs/deep/a.py\n",
        "lib/app/defs/deep/a.py",
        ["lib", "."],
    ),
    "an __init__.py beside the project file": (
        "=== pyproject.toml\n=== __init__.py\n=== app/__init__.py\n=== app/a.py\n",
        "app/a.py",
        ["."],
    ),
    "packages below a folder that is none": (
        "=== pyproject.toml\n=== week_4/app/__init__.py\n=== week_4/app/a.py\n",
        "week_4/app/a.py",
        ["week_4", "."],
    ),
    "setuptools find": (
        '=== pyproject.toml\n[tool.setuptools.packages.find]\nwhere = ["lib", "."]\n=== lib/a.py\n',
        "lib/a.py",
        ["lib", "."],
    ),
    "setuptools package-dir": (
        '=== pyproject.toml\n[tool.setuptools.package-dir]\n"" = "lib"\n"x.y" = "other/x/y"\n'
        "=== lib/a.py\n=== other/x/y/__init__.py\n",
        "lib/a.py",
        ["lib", "other", "."],
    ),
    "hatch packages": (
        '=== pyproject.toml\n[tool.hatch.build.targets.wheel]\npackages = ["python/app"]\n'
        "=== python/app/__init__.py\n",
        "python/app/__init__.py",
        ["python", "."],
    ),
    "hatch dev-mode-dirs": (
        '=== pyproject.toml\n[tool.hatch.build]\ndev-mode-dirs = ["one", "two"]\n'
        "=== one/s/a.py\n=== two/s/b.py\n",
        "two/s/b.py",
        ["one", "two", "."],
    ),
    "poetry packages": (
        '=== pyproject.toml\n[[tool.poetry.packages]]\ninclude = "app"\nfrom = "lib"\n'
        "=== lib/app/__init__.py\n",
        "lib/app/__init__.py",
        ["lib", "."],
    ),
    "pdm and uv and maturin": (
        '=== pyproject.toml\n[tool.pdm.build]\npackage-dir = "p"\n[tool.uv.build-backend]\n'
        'module-root = "u"\n[tool.maturin]\npython-source = "m"\n'
        "=== p/a.py\n=== u/a.py\n=== m/a.py\n",
        "p/a.py",
        ["p", "u", "m", "."],
    ),
    "setup.cfg": (
        "=== setup.cfg\n[options]\npackage_dir =\n    = lib\n[options.packages.find]\nwhere = lib\n"
        "=== lib/app/__init__.py\n",
        "lib/app/__init__.py",
        ["lib", "."],
    ),
    "setup.py": (
        "=== setup.py\nfrom setuptools import find_packages, setup\nraise SystemExit('run')\n"
        'setup(name="x", package_dir={"": "lib"}, packages=find_packages("lib2"))\n'
        "=== lib/a.py\n=== lib2/b.py\n",
        "lib/a.py",
        ["lib", "lib2", "."],
    ),
    "setup.py of Python 2": (
        "=== setup.py\nprint 'hello'\nsetup(package_dir={'': 'lib'})\n=== lib/a.py\n",
        "lib/a.py",
        ["."],
    ),
    "test paths": (
        '=== pyproject.toml\n[tool.pytest.ini_options]\npythonpath = ["lib"]\n=== lib/app/a.py\n',
        "lib/app/a.py",
        ["lib", "."],
    ),
    "uv path dependency, and its own": (
        '=== one/pyproject.toml\n[tool.uv.sources]\nlib = { path = "../lib", editable = true }\n'
        '=== lib/pyproject.toml\n[tool.uv.sources]\nbase = [{ path = "../base" }]\n'
        "=== one/one/__init__.py\n=== lib/src/lib/__init__.py\n=== base/base/__init__.py\n",
        "one/one/__init__.py",
        ["one", "lib/src", "lib", "base", "."],
    ),
    "uv workspace": (
        '=== pyproject.toml\n[tool.uv.workspace]\nmembers = ["packages/*"]\n'
        'exclude = ["packages/old"]\n=== packages/a/pyproject.toml\n'
        "=== packages/a/src/a/__init__.py\n"
        "=== packages/b/pyproject.toml\n=== packages/b/src/b/__init__.py\n"
        "=== packages/old/pyproject.toml\n",
        "packages/b/src/b/__init__.py",
        ["packages/b/src", "packages/b", "packages/a/src", "packages/a", "."],
    ),
    "poetry path dependency": (
        "=== one/pyproject.toml\n[tool.poetry.dependencies]\n"
        'lib = { path = "../lib", develop = true }\n'
        '[tool.poetry.group.dev.dependencies]\nkit = { path = "../kit" }\n'
        "=== one/one/__init__.py\n=== lib/lib/__init__.py\n=== kit/kit/__init__.py\n",
        "one/one/__init__.py",
        ["one", "lib", "kit", "."],
    ),
    "requirements and file URLs": (
        '=== one/pyproject.toml\n[project]\ndependencies = ["dagster", "lib @ file:../lib"]\n'
        "=== one/requirements-dev.txt\n-e ../kit[extra]  # shared\n"
        "-r other.txt\n./sub\ndagster==1.9\n"
        "=== one/one/__init__.py\n=== one/sub/s.py\n"
        "=== lib/lib/__init__.py\n=== kit/kit/__init__.py\n",
        "one/one/__init__.py",
        ["one", "lib", "kit", "one/sub", "."],
    ),
    "broken project file": (
        "=== pyproject.toml\n[tool\n=== src/app/__init__.py\n",
        "src/app/__init__.py",
        ["src", "."],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_source_roots_of_a_layout(write, case):
    text, path, expected = CASES[case]
    folder = write(text)
    roots = discover_source_roots(folder / path, Disk())
    assert [root.relative_to(folder).as_posix() for root in roots] == expected


def test_dependencies_in_a_circle_end(write):
    folder = write(
        """
        === a/pyproject.toml
        [tool.uv.sources]
        b = { path = "../b" }
        === b/pyproject.toml
        [tool.uv.sources]
        a = { path = "../a" }
        missing = { path = "../missing" }
        === a/a/__init__.py
        === b/b/__init__.py
        """
    )
    roots = discover_source_roots(folder / "a/a", Disk())
    assert [root.relative_to(folder).as_posix() for root in roots] == ["a", "b", "."]


TREES = {
    "a project's file at the top": ("pyproject.toml|etl/workspace.yaml|etl/flows/a.py", "."),
    "a readme above the project": ("README.md|etl/workspace.yaml|etl/flows/a.py", "."),
    "a readme of the project": ("notes.txt|etl/README.md|etl/setup.py|etl/flows/a.py", "etl"),
    "a readme far above": ("README.md|a/b/c/d/etl/workspace.yaml|a/b/c/d/etl/a.py", "a/b/c/d/etl"),
    "nothing but code": ("etl/flows/__init__.py|etl/flows/a.py", "etl"),
    "a licence above code": ("LICENSE|etl/flows/__init__.py|etl/flows/a.py", "."),
}


@pytest.mark.parametrize("case", TREES)
def test_the_top_of_an_exported_tree(write, case):
    files, expected = TREES[case]
    names = files.split("|")
    folder = write("".join(f"=== {name}\n" for name in names), repository=False)
    assert repository_root(folder / names[-1], Disk()) == folder / expected
