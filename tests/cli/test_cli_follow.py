"""`--follow PACKAGE`: source outside of the project that is read like its own, and never run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assetgen.cli.application import application
from assetgen.cli.failure import UsageFailure

MARK = 'open(r"{mark}", "w").close()\n'
PACKAGE = """\
import dagster as dg
from factories.names import PREFIX


def build(name):
    @dg.asset(key=[PREFIX, name])
    def made(): ...

    return made
"""
DEFINITIONS = """\
import dagster as dg
from factories import build

defs = dg.Definitions(assets=[build("orders")])
"""


@pytest.fixture
def mark(tmp_path):
    return tmp_path / "mark"


@pytest.fixture
def project(tmp_path, monkeypatch, mark):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "pyproject.toml").write_text("[project]\nname = 'shop'\n")
    (folder / "definitions.py").write_text(DEFINITIONS)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    return folder


def install(folder, mark):
    """The package, each file of which leaves a mark when it runs."""
    package = folder / "factories"
    package.mkdir(parents=True)
    line = MARK.format(mark=mark)
    (package / "__init__.py").write_text(line + PACKAGE)
    (package / "names.py").write_text(line + 'PREFIX = "shop"\n')
    return folder


def venv(folder, mark):
    """A virtual environment whose Python, and all that it would run at its start, leave marks."""
    (folder / "bin").mkdir(parents=True)
    python = folder / "bin" / "python"
    python.write_text(f"#!/bin/sh\ntouch {mark}\n")
    python.chmod(0o755)
    (folder / "pyvenv.cfg").write_text("home = /usr/bin\n")
    packages = folder / "lib" / "python3.12" / "site-packages"
    packages.mkdir(parents=True)
    (packages / "evil.pth").write_text(f"import os; os.system('touch {mark}')\n")
    (packages / "sitecustomize.py").write_text(MARK.format(mark=mark))
    return packages


def keys(*options):
    words = ["analyze", "--format", "json", *options, "."]
    application.main([*words, "-o", "out.json"], prog_name="assetgen", standalone_mode=False)
    document = json.loads(Path("out.json").read_text(encoding="utf-8"))
    return [asset["key"] for asset in document["assets"]]


FOUND = [["shop", "orders"]]


def test_without_it_the_package_is_outside(project, mark):
    install(venv(project / ".venv", mark), mark)
    assert keys() == []


@pytest.mark.parametrize("name", [".venv", "venv"])
def test_in_the_environment_of_the_project(project, mark, name):
    install(venv(project / name, mark), mark)
    assert keys("--follow", "factories") == FOUND
    assert not mark.exists()


def test_in_the_active_environment(project, mark, tmp_path, monkeypatch):
    install(venv(tmp_path / "elsewhere", mark), mark)
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "elsewhere"))
    assert keys("--follow", "factories") == FOUND


@pytest.mark.parametrize("place", ["", "bin/python", "lib/python3.12/site-packages"])
def test_of_a_python(project, mark, tmp_path, place):
    install(venv(tmp_path / "elsewhere", mark), mark)
    given = str(tmp_path / "elsewhere" / place)
    assert keys("--follow", "factories", "--python", given) == FOUND
    assert not mark.exists()


def test_vendored_in_a_source_root(project, mark):
    install(project / "vendor", mark)
    roots = ("--source-root", ".", "--source-root", "vendor")
    assert keys("--follow", "factories", *roots) == FOUND


def by_path(packages, source):
    (packages / "factories.pth").write_text(f"{source}\n")


def by_finder(packages, source):
    mapping = repr({"factories": str(source / "factories")})
    text = f"MAPPING: dict[str, str] = {mapping}\nopen('mark', 'w')\n"
    (packages / "__editable___factories_finder.py").write_text(text)


def by_url(packages, source):
    (source / "pyproject.toml").write_text("[project]\nname = 'factories'\n")
    information = packages / "factories-1.dist-info"
    information.mkdir()
    url = {"url": source.as_uri(), "dir_info": {"editable": True}}
    (information / "direct_url.json").write_text(json.dumps(url))


@pytest.mark.parametrize("link", [by_path, by_finder, by_url])
def test_installed_to_be_edited(project, mark, tmp_path, link):
    link(venv(project / ".venv", mark), install(tmp_path / "source", mark))
    assert keys("--follow", "factories") == FOUND
    assert not mark.exists()


def test_broken_files_of_an_environment_are_passed_over(project, mark):
    packages = venv(project / ".venv", mark)
    information = packages / "broken-1.dist-info"
    information.mkdir()
    (information / "direct_url.json").write_text('{"url": 3')
    (packages / "__editable___x_finder.py").write_text("MAPPING = {")
    (packages / "binary.pth").write_bytes(b"\xff\x00\n")
    install(packages, mark)
    assert keys("--follow", "factories") == FOUND


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--follow", "nowhere"), "--follow nowhere: no such package"),
        (("--follow", "dagster"), "--follow dagster: what is in it is known"),
        (("--follow", "json"), "--follow json: what is in it is known"),
        (("--follow", "a.b"), "--follow a.b: the name of a top-level package"),
        (("--follow", "factories", "--python", "none"), "--python none: no such file"),
    ],
)
def test_what_cannot_be_followed_is_told(project, mark, options, said):
    with pytest.raises(UsageFailure, match=said):
        keys(*options)


def test_fixes_stay_within_the_project(project, mark):
    install(venv(project / ".venv", mark), mark)
    with pytest.raises(UsageFailure, match="--fix changes the project alone"):
        words = ["lint", "--fix", "--follow", "factories", "."]
        application.main(words, prog_name="assetgen", standalone_mode=False)


def test_names_that_are_known_are_not_read(project, mark):
    package = venv(project / ".venv", mark) / "dagster_dbt"
    package.mkdir()
    (package / "__init__.py").write_text("def get_asset_key_for_model(*args): return 'wrong'\n")
    (project / "definitions.py").write_text(
        "import dagster as dg\nfrom dagster_dbt import get_asset_key_for_model\n"
        "@dg.asset(deps=[get_asset_key_for_model([], 'orders')])\ndef report(): ...\n"
    )
    assert ["wrong"] not in keys("--follow", "dagster_dbt")


@pytest.mark.parametrize("command", ["analyze", "lint", "generate mermaid", "generate pipeline"])
def test_nothing_of_it_runs(project, mark, command):
    install(venv(project / ".venv", mark), mark)
    options = ["--follow", "factories", "--python", ".venv/bin/python", "."]
    words = [sys.executable, "-m", "assetgen", *command.split(), *options]
    done = subprocess.run(words, capture_output=True, text=True, timeout=120)
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    assert not mark.exists()
