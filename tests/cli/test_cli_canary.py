"""Nothing of a project is ever imported or executed, whichever command reads it.

Every file of this project leaves a mark on the disk when it runs; none may appear.
"""

import subprocess
import sys

import pytest

MARK = 'from pathlib import Path\nPath(r"{mark}").write_text("ran: " + __name__)\n'

DEFINITIONS = """\
import os
import dagster as dg
import yaml
from shop import tables
from shop.decorators import doubled
os.system('touch "{mark}"')
exec(open(__file__.replace("definitions", "script")).read())
eval("__import__('shop.script')")
__import__("shop.script")
settings = yaml.load(open(os.path.join(os.path.dirname(__file__), "settings.yaml")), yaml.Loader)


class Meta(type):
    def __new__(mcs, name, bases, body):
        open(r"{mark}", "w").close()
        return super().__new__(mcs, name, bases, body)


class Made(metaclass=Meta):
    def __init_subclass__(cls):
        open(r"{mark}", "w").close()

    def __del__(self):
        open(r"{mark}", "w").close()


@doubled
@dg.asset(description=f"{{open(r'{mark}', 'w')}}")
def orders(): ...


@dg.asset(deps=[orders], name=(lambda: open(r"{mark}", "w") and "report")())
def report(): ...


defs = dg.Definitions(assets=[orders, report, *tables.ALL])
"""

DECORATORS = """\
def doubled(function):
    open(r"{mark}", "w").close()
    return function
"""

TABLES = """\
import dagster as dg


def build(name):
    open(r"{mark}", "w").close()

    @dg.asset(name=name)
    def made(): ...

    return made


ALL = [build(name) for name in ("a", "b")]
"""

SETTINGS = 'danger: !!python/object/apply:os.system ["touch {mark}"]\n'
PTH = 'import os; os.system("touch {mark}")\n'


@pytest.fixture
def project(tmp_path):
    mark = tmp_path / "mark"
    folder = tmp_path / "project"
    files = {
        "pyproject.toml": "[tool.dagster]\nmodule_name = 'shop.definitions'\n",
        "setup.py": MARK + "from setuptools import setup\nsetup(package_dir={{'': 'src'}})\n",
        "conftest.py": MARK,
        "sitecustomize.py": MARK,
        "danger.pth": PTH,
        "src/shop/__init__.py": MARK,
        "src/shop/__main__.py": MARK,
        "src/shop/script.py": MARK,
        "src/shop/definitions.py": MARK + DEFINITIONS,
        "src/shop/decorators.py": MARK + DECORATORS,
        "src/shop/tables.py": MARK + TABLES,
        "src/shop/settings.yaml": SETTINGS,
        "workspace.yaml": SETTINGS,
        # Modules of ours and of what we use, which must come from where we are installed.
        "click.py": MARK,
        "libcst.py": MARK,
        "yaml.py": MARK,
        "jinja2.py": MARK,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(mark=mark))
    return folder, mark


COMMANDS = [
    "analyze .",
    "analyze src",
    "analyze src/shop/definitions.py",
    "analyze -m shop.definitions",
    "analyze --format json -m shop.definitions --source-root src",
    "lint .",
    "lint --fix --unsafe-fixes .",
    "generate mermaid --detail ops .",
    "generate dot --detail ops .",
    "generate html .",
    "generate pipeline .",
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("start", [["-m", "assetgen"], ["-I", "-m", "assetgen"]])
def test_nothing_of_the_project_runs(project, start, command):
    folder, mark = project
    done = subprocess.run(
        [sys.executable, *start, *command.split()],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    assert not mark.exists(), mark.read_text()


def test_the_project_would_leave_its_mark(project):
    folder, mark = project
    subprocess.run([sys.executable, "src/shop/script.py"], cwd=folder, check=True)
    assert mark.read_text() == "ran: __main__"
