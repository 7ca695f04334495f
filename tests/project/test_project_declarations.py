"""Declared code locations, held against Dagster's own reading of the same files."""

import os

import pytest

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.locations.declarations import declared_in

PYPROJECT = {
    "module": "[tool.dagster]\nmodule_name = 'a.b'\n",
    "module and name": "[tool.dagster]\nmodule_name = 'a.b'\ncode_location_name = 'n'\n",
    "modules": "[tool.dagster]\nmodules = [{type='module', name='a'}, {type='module', name='b'}]\n",
    "project": "[tool.dg.project]\nroot_module = 'p'\n",
    "project and name": "[tool.dg.project]\nroot_module = 'p'\ncode_location_name = 'n'\n",
    "project and target": (
        "[tool.dg.project]\nroot_module = 'p'\ncode_location_target_module = 'p.x'\n"
    ),
    "autoload": "[tool.dg.project]\nroot_module = 'p'\nautoload_defs = true\n",
    "autoload elsewhere": (
        "[tool.dg.project]\nroot_module = 'p'\nautoload_defs = true\ndefs_module = 'p.here'\n"
    ),
    "both": "[tool.dagster]\nmodule_name = 'a'\n[tool.dg.project]\nroot_module = 'p'\n",
    "neither": "[tool.other]\nx = 1\n",
}

WORKSPACE = """\
load_from:
- python_module: a.b
- python_module: {module_name: c, location_name: n, attribute: x, working_directory: sub}
- python_file: d.py
- python_file: {relative_path: sub/e.py, location_name: m, attribute: y, working_directory: sub}
- python_package: pkg
- python_package: {package_name: other, working_directory: sub}
- autoload_defs_module: {module_name: p.defs}
- grpc_server: {host: h, port: 4000}
"""


def said(folder):
    return [
        (
            declaration.modules[0] if declaration.modules else None,
            declaration.file.relative_to(folder).as_posix() if declaration.file else None,
            None if declaration.modules else declaration.defs_module,
            declaration.attribute,
        )
        for declaration in declared_in(folder, Disk()).declarations
    ]


def dagster_says(origins, folder):
    processes = (origin for origin in origins if "Managed" in type(origin).__name__)
    return [
        (
            target.module_name or target.package_name,
            os.path.relpath(target.python_file, folder) if target.python_file else None,
            target.autoload_defs_module_name,
            target.attribute,
        )
        for target in (process.loadable_target_origin for process in processes)
    ]


@pytest.mark.parametrize("case", PYPROJECT)
def test_declarations_in_pyproject_are_those_that_dagster_reads(write, case):
    from dagster._core.workspace.load_target import get_origins_from_toml

    folder = write(f"=== pyproject.toml\n{PYPROJECT[case]}")
    origins = get_origins_from_toml(str(folder / "pyproject.toml"))
    assert said(folder) == dagster_says(origins, folder)
    # dg gives a project its own name where Dagster would take that of the module.
    if "project" not in case and "autoload" not in case:
        names = [declaration.name for declaration in declared_in(folder, Disk()).declarations]
        assert names == [origin.location_name for origin in origins]


def test_workspace(write):
    from dagster._core.workspace.load import location_origins_from_yaml_paths

    folder = write(f"=== workspace.yaml\n{WORKSPACE}=== d.py\n=== sub/e.py\n")
    origins = location_origins_from_yaml_paths([str(folder / "workspace.yaml")])
    found = said(folder)
    assert sorted(found, key=str) == sorted(dagster_says(origins, folder), key=str)
    folders = {
        declaration.name: declaration.working_directory.name
        for declaration in declared_in(folder, Disk()).declarations
    }
    assert folders["n"] == folders["m"] == folders["other"] == "sub"


def test_a_working_directory_of_a_module_starts_where_the_command_is_run(tmp_path):
    """Other than that of a file, which starts at the workspace.yaml."""
    for folder in (".git", "conf", "src/app"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "conf" / "workspace.yaml").write_text(
        "load_from:\n"
        "  - python_module: {module_name: app, working_directory: src}\n"
        "  - python_file: {relative_path: ../src/app/main.py, working_directory: ../src}\n"
        "  - python_package: {package_name: pkg, working_directory: nowhere}\n"
    )
    module, file, package = declared_in(tmp_path / "conf", Disk()).declarations
    assert module.working_directory == file.working_directory == tmp_path / "src"
    assert package.working_directory == tmp_path / "conf"


def test_a_working_directory_of_an_image_is_the_checkout(tmp_path):
    (tmp_path / "dagster_cloud.yaml").write_text(
        "locations:\n"
        "  - location_name: shop\n"
        "    code_source:\n      module_name: shop.definitions\n"
        "    working_directory: /opt/nowhere/app\n"
        "  - location_name: desk\n"
        "    code_source:\n      python_file: desk/main.py\n"
        "    working_directory: /opt/nowhere/app\n"
    )
    shop, desk = declared_in(tmp_path, Disk()).declarations
    assert shop.working_directory == desk.working_directory == tmp_path
    assert desk.file == tmp_path / "desk" / "main.py"
