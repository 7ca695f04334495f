"""What belongs to a code location: its modules, libraries, files and folders."""

from discovering import DEFS, DG_PROJECT, TOOL_DAGSTER, discover

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.locations.code_locations import discover_code_locations
from assetgen.analyzer.project.locations.configuration import load_configuration
from assetgen.analyzer.project.locations.load_targets import project_files, project_of


def test_files_and_working_directories_of_a_location(write):
    folder = write(DG_PROJECT + "=== conf/a.yaml\nx\n=== src/app/b.yaml\n")
    (target,) = discover(folder).targets
    files = project_files(target, Disk())
    assert files.roots == (folder,)
    assert target.working_directory == folder
    assert files.read_text("conf/a.yaml") == "x\n"


def test_undeclared_libraries_of_the_repository_are_found_by_their_imports(write):
    folder = write(
        TOOL_DAGSTER.replace("=== ", "=== locations/one/")
        + "=== libs/base/pyproject.toml\n=== libs/base/src/base/__init__.py\n"
        "=== libs/base/src/base/sub/deep.py\n=== libs/base/src/json/__init__.py\n"
        "=== libs/base/src/pandas/readme.py\n=== other/loose/__init__.py\n"
    )
    (target,) = discover(folder, "locations/one").targets
    project = project_of(target, Disk())
    names = ("base", "base.sub.deep", "json", "pandas", "loose", "app.other")
    found = [name for name in names if project.find_module(name)]
    assert found == ["base", "base.sub.deep", "app.other"]
    (given,) = discover(folder, "locations/one", source_roots=(folder / "locations/one",)).targets
    assert project_of(given, Disk()).find_module("base") is None


def test_a_namespace_that_the_packages_of_a_repository_share(write):
    folder = write(
        f"=== one/pyproject.toml\n=== one/src/acme/one/__init__.py\n{DEFS}"
        "=== two/pyproject.toml\n=== two/src/acme/two/__init__.py\n"
        "=== two/src/acme/two/deep.py\n=== two/src/acme/loose/x.py\n"
    )
    (target,) = discover(folder, "one").targets
    project = project_of(target, Disk())
    names = ("acme.one", "acme.two", "acme.two.deep", "acme.loose", "acme.gone")
    assert [name for name in names if project.find_module(name)] == list(names[:3])


def test_the_files_at_the_paths_are_listed(write):
    folder = write(TOOL_DAGSTER)
    files = discover(folder).files
    assert [path.relative_to(folder).as_posix() for path in files] == [
        "app/__init__.py",
        "app/definitions.py",
        "app/other.py",
    ]


def test_a_declared_file_of_a_package_imports_from_where_the_package_lies(tmp_path):
    package = tmp_path / "packages" / "core"
    module = package / "src" / "shop" / "core" / "location.py"
    module.parent.mkdir(parents=True)
    module.write_text("from dagster import Definitions\n\ndefs = Definitions()\n")
    (module.parent / "__init__.py").write_text("")
    (package / "pyproject.toml").write_text("[project]\nname = 'core'\n")
    home = tmp_path / "home"
    home.mkdir()
    (home / "workspace.yaml").write_text(
        "load_from:\n  - python_file: ../packages/core/src/shop/core/location.py\n"
    )
    disk = Disk()
    configuration = load_configuration(tmp_path, disk)
    (target,) = discover_code_locations((tmp_path,), configuration, disk).targets
    assert target.modules[0].name == "shop.core.location"


def test_modules_of_a_package_that_import_each_other_as_scripts_do(write):
    folder = write(
        "=== code/__init__.py\n=== code/definitions.py\n"
        f"import pandas\nfrom assets import orders\n{DEFS}"
        "=== code/assets/__init__.py\n=== code/assets/orders.py\n"
    )
    (target,) = discover(folder).targets
    project = project_of(target, Disk())
    names = ("assets.orders", "code.assets", "pandas")
    assert [name for name in names if project.find_module(name)] == ["assets.orders", "code.assets"]
    (folder / "code" / "jobs.py").write_text("from .assets import orders\n")
    (target,) = discover(folder).targets
    assert target.modules[0].name == "code.definitions"
