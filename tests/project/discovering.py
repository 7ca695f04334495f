"""What is found to be loaded in a folder."""

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.locations.code_locations import discover_code_locations
from assetgen.analyzer.project.locations.configuration import load_configuration

DEFS = "from dagster import Definitions\ndefs = Definitions()\n"
ASSET = "from dagster import asset\n@asset\ndef a(): ...\n"
TOOL_DAGSTER = (
    "=== pyproject.toml\n[tool.dagster]\nmodule_name = 'app.definitions'\n"
    f"=== app/__init__.py\n=== app/definitions.py\n{DEFS}=== app/other.py\n{DEFS}"
)
DG_PROJECT = (
    "=== pyproject.toml\n[tool.dg]\ndirectory_type = 'project'\n[tool.dg.project]\n"
    f"root_module = 'app'\n=== src/app/__init__.py\n=== src/app/definitions.py\n{DEFS}"
)


def discover(folder, *paths, **options):
    disk = Disk()
    absolute = tuple(folder / path if path != "." else folder for path in paths or (".",))
    return discover_code_locations(absolute, load_configuration(folder, disk), disk, **options)


def found(folder, *paths, **options):
    return [
        (
            target.name,
            target.kind.value,
            *(module.path.relative_to(folder).as_posix() for module in target.modules),
        )
        for target in discover(folder, *paths, **options).targets
    ]
