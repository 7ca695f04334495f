"""What is loaded: declared, found in the code, or named on the command line."""

import codecs

import pytest
from discovering import ASSET, DEFS, DG_PROJECT, TOOL_DAGSTER, discover, found

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.locations.code_locations import discover_code_locations
from assetgen.analyzer.project.locations.configuration import Configuration
from assetgen.analyzer.project.locations.load_targets import LoadKind

DECLARED = {
    "tool.dagster": (
        TOOL_DAGSTER,
        [("app.definitions", "module", "app/definitions.py")],
    ),
    "tool.dagster with a name": (
        "=== pyproject.toml\n[tool.dagster]\nmodule_name = 'app'\ncode_location_name = 'mine'\n"
        f"=== app/__init__.py\n{DEFS}",
        [("mine", "module", "app/__init__.py")],
    ),
    "tool.dagster with several modules": (
        "=== pyproject.toml\n[tool.dagster]\n"
        "modules = [{ type = 'module', name = 'a' }, { type = 'module', name = 'b' }]\n"
        f"=== a.py\n{DEFS}=== b.py\n{DEFS}",
        [("a", "module", "a.py"), ("b", "module", "b.py")],
    ),
    "dg project": (
        DG_PROJECT,
        [("app", "module", "src/app/definitions.py")],
    ),
    "dg project whose package is declared for Dagster": (
        "=== pyproject.toml\n[tool.dagster]\nmodule_name = 'app'\n"
        "[tool.dg.project]\nroot_module = 'app'\n"
        f"=== src/app/__init__.py\n=== src/app/definitions.py\n{DEFS}",
        [("app", "module", "src/app/definitions.py")],
    ),
    "dg project whose package is not empty": (
        "=== pyproject.toml\n[tool.dagster]\nmodule_name = 'app'\n"
        "[tool.dg.project]\nroot_module = 'app'\n"
        f"=== src/app/__init__.py\n{DEFS}=== src/app/definitions.py\n{DEFS}",
        [("app", "module", "src/app/__init__.py")],
    ),
    "dg project with a target": (
        "=== pyproject.toml\n[tool.dg.project]\nroot_module = 'app'\n"
        "code_location_target_module = 'app.entry'\ncode_location_name = 'named'\n"
        f"=== src/app/__init__.py\n=== src/app/entry.py\n{DEFS}=== src/app/definitions.py\n{DEFS}",
        [("named", "module", "src/app/entry.py")],
    ),
    "dg project without definitions": (
        "=== dg.toml\ndirectory_type = 'project'\n[project]\nroot_module = 'app'\n"
        f"=== src/app/__init__.py\n=== src/app/defs/__init__.py\n=== src/app/defs/a.py\n{ASSET}",
        [("app", "defs folder", "src/app/defs/__init__.py")],
    ),
    "dg project that loads its defs": (
        "=== pyproject.toml\n[tool.dg.project]\nroot_module = 'app'\nautoload_defs = true\n"
        f"=== app/__init__.py\n=== app/definitions.py\n{DEFS}=== app/defs/a.py\n{ASSET}",
        [("app", "defs folder", "app/defs")],
    ),
    "dg workspace": (
        "=== dg.toml\ndirectory_type = 'workspace'\n[[workspace.projects]]\npath = 'one'\n"
        "[[workspace.projects]]\npath = 'two'\n"
        "=== one/pyproject.toml\n[tool.dg.project]\nroot_module = 'one'\n"
        f"=== one/src/one/__init__.py\n=== one/src/one/definitions.py\n{DEFS}"
        "=== two/pyproject.toml\n[tool.dg.project]\nroot_module = 'two'\n"
        f"=== two/src/two/__init__.py\n=== two/src/two/definitions.py\n{DEFS}",
        [
            ("one", "module", "one/src/one/definitions.py"),
            ("two", "module", "two/src/two/definitions.py"),
        ],
    ),
    "workspace.yaml, short forms": (
        "=== workspace.yaml\nload_from:\n- python_module: app.repo\n- python_file: jobs/j.py\n"
        "- python_package: pkg\n"
        f"=== app/repo.py\n{DEFS}=== jobs/j.py\n{DEFS}=== pkg/__init__.py\n{DEFS}",
        [
            ("app.repo", "module", "app/repo.py"),
            ("j.py", "module", "jobs/j.py"),
            ("pkg", "module", "pkg/__init__.py"),
        ],
    ),
    "workspace.yaml, long forms": (
        "=== workspace.yaml\nload_from:\n"
        "  - python_module: {module_name: repo, working_directory: code, location_name: m}\n"
        "  - python_file:\n      relative_path: f.py\n      attribute: only\n"
        "      location_name: f\n"
        "  - python_package:\n      package_name: pkg\n      working_directory: code\n"
        "  - autoload_defs_module:\n      module_name: app.defs\n"
        "  - grpc_server:\n      host: h\n      port: 4000\n"
        f"=== code/repo.py\n{DEFS}=== f.py\n{DEFS}=== code/pkg/__init__.py\n{DEFS}"
        f"=== app/defs/a.py\n{ASSET}",
        [
            ("app.defs", "defs folder", "app/defs"),
            ("f", "module", "f.py"),
            ("m", "module", "code/repo.py"),
            ("pkg", "module", "code/pkg/__init__.py"),
        ],
    ),
    "dagster_cloud.yaml": (
        "=== dagster_cloud.yaml\nlocations:\n"
        "  - location_name: one\n    code_source:\n      module_name: app.repo\n"
        "    build: {directory: ./one}\n"
        "  - location_name: two\n    code_source: {python_file: two.py}\n"
        "    working_directory: code\n"
        "  - location_name: three\n    code_source: {package_name: pkg}\n"
        f"=== one/app/repo.py\n{DEFS}=== code/two.py\n{DEFS}=== pkg/__init__.py\n{DEFS}",
        [
            ("one", "module", "one/app/repo.py"),
            ("three", "module", "pkg/__init__.py"),
            ("two", "module", "code/two.py"),
        ],
    ),
    "dagster_cloud.yaml with a working directory from the repository": (
        "=== dagster_cloud.yaml\nlocations:\n"
        "  - location_name: one\n    code_source:\n      module_name: app.repo\n"
        "    working_directory: ./one\n    build: {directory: ./one}\n"
        "  - location_name: two\n    code_source:\n      module_name: shop.repo\n"
        "    working_directory: /opt/image\n    build: {directory: ./two}\n"
        f"=== one/pyproject.toml\n=== one/src/app/__init__.py\n=== one/src/app/repo.py\n{DEFS}"
        f"=== two/shop/repo.py\n{DEFS}",
        [
            ("one", "module", "one/src/app/repo.py"),
            ("two", "module", "two/shop/repo.py"),
        ],
    ),
    "a module of a distribution that is installed somehow": (
        "=== all/pyproject.toml\n[tool.dagster]\nmodule_name = 'app.repo'\n"
        f"=== all/projects/app/pyproject.toml\n=== all/projects/app/app/__init__.py\n"
        f"=== all/projects/app/app/repo.py\n{DEFS}",
        [("app.repo", "module", "all/projects/app/app/repo.py")],
    ),
    "only servers, so the code decides": (
        "=== workspace.yaml\nload_from:\n  - grpc_server:\n      host: h\n      port: 4000\n"
        f"=== code/repo.py\n{DEFS}",
        [("repo.py", "module", "code/repo.py")],
    ),
    "a package that hands on what its module makes": (
        "=== pyproject.toml\n[tool.dagster]\nmodule_name = 'app.definitions'\n"
        "=== home/workspace.yaml\nload_from:\n- python_package: {package_name: app}\n"
        f"=== app/__init__.py\nfrom app.definitions import defs\n=== app/definitions.py\n{DEFS}",
        [("app.definitions", "module", "app/definitions.py")],
    ),
    "an entry point beside a declared one": (
        "=== one/pyproject.toml\n[tool.dagster]\nmodule_name = 'app'\n"
        f"=== one/app/__init__.py\n{DEFS}=== examples/demo.py\n{DEFS}=== lib/shared.py\n{ASSET}",
        [
            ("app", "module", "one/app/__init__.py"),
            ("demo.py", "module", "examples/demo.py"),
        ],
    ),
}


@pytest.mark.parametrize("case", DECLARED)
def test_declared_locations_are_found(write, case):
    text, expected = DECLARED[case]
    assert found(write(text)) == expected


def test_a_declaration_above_holds_for_the_folder_named(write):
    folder = write(DECLARED["dg project"][0])
    assert found(folder, "src") == DECLARED["dg project"][1]
    assert found(folder, "pyproject.toml") == DECLARED["dg project"][1]


def test_a_folder_that_the_declared_module_is_not_in_is_looked_at_itself(write):
    folder = write(DECLARED["dg project"][0] + f"=== src/app/assets/a.py\n{ASSET}")
    assert found(folder, "src/app/assets") == [("a.py", "modules", "src/app/assets/a.py")]


def test_what_is_declared_and_absent_is_told(write):
    folder = write(
        """
        === workspace.yaml
        load_from:
          - python_module: app.missing
          - python_file: gone.py
        """
    )
    said = [(d.rule, d.span.line, d.message) for d in discover(folder).diagnostics]
    assert [(rule, line) for rule, line, _ in said] == [
        ("missing-code-location", 2),
        ("missing-code-location", 3),
    ]
    assert "no module `app.missing` in" in said[0][2]
    assert "no file `" in said[1][2]


def test_a_file_that_cannot_be_read_is_told(write):
    folder = write(f"=== a.py\n{DEFS}=== b.py\n{DEFS}{'#' * 100}\n")
    discovery = discover_code_locations(
        (folder,), Configuration(folder), Disk(max_file_bytes=len(DEFS))
    )
    (told,) = discovery.diagnostics
    assert told.rule == "file-not-readable"
    assert told.span.path.endswith("b.py")
    assert [target.name for target in discovery.targets] == ["a"]


def test_a_broken_workspace_is_told(write):
    folder = write(f"=== workspace.yaml\nload_from: [\n=== a.py\n{DEFS}")
    discovery = discover(folder)
    assert [d.rule for d in discovery.diagnostics] == ["bad-configuration"]
    assert [target.name for target in discovery.targets] == ["a"]


ENTRIES = {
    "plain": "defs = Definitions(assets=[])",
    "qualified": "import dagster as dg\ndefs = dg.Definitions()",
    "annotated": "defs: Definitions = Definitions()",
    "merged": "all_of_it = dg.Definitions.merge(a, b)",
    "decorated": "@dg.definitions\ndef defs(): ...",
    "called": "@definitions()\ndef defs(): ...",
    "repository": "@repository\ndef repo(): ...",
    "in a condition": "if x:\n    defs = Definitions()",
    "in a block of a block": (
        "if (\n    x\n):\n    y()\n    # so\n    try:\n        z(\n            1,\n        )\n"
        "        defs = Definitions()\n    finally:\n        pass"
    ),
    "by a function": "defs = make_definitions(x)",
    "from a folder": "defs = load_from_defs_folder(project_root=p)",
    "after a text that quotes quotes": 'A = """\n\'\'\'\n"""\ndefs = Definitions()',
    "after one like it in a text": "A = '''\ndefs = Definitions()\n'''\ndefs = Definitions()",
    "in what is no Python": "A = '''\ndefs = Definitions()\n",
}


@pytest.mark.parametrize("case", ENTRIES)
def test_entry_points_by_their_text(write, case):
    folder = write(f"=== app/__init__.py\n=== app/entry.py\nimport dagster\n{ENTRIES[case]}\n")
    assert found(folder) == [("app.entry", "module", "app/entry.py")]


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    return Definitions()",
        "# defs = Definitions()",
        "def f(\n    x,\n):\n    if x:\n        defs = Definitions()\n    return defs",
        "class Made:\n    definitions: Definitions = Definitions()",
        "made = Made(\n    definitions=Definitions(assets=[]),\n)",
        "TEMPLATE = '''import dagster as dg\ndefs = dg.Definitions()\n'''",
        'def f():\n    return f"""import {dagster}\ndefs = Definitions()\n"""',
    ],
)
def test_what_is_no_entry_point(write, source):
    folder = write(f"=== app/a.py\nimport dagster\n{source}\n")
    assert [kind for _, kind, *_ in found(folder)] == ["modules"]


def test_entry_points_that_another_one_imports_are_parts_of_it(write):
    folder = write(
        """
        === app/__init__.py
        === app/definitions.py
        import dagster as dg
        import app.first
        from app import second
        from .sub import third as t
        from .lazy import (
            fourth,
        )
        defs = dg.Definitions.merge(app.first.defs, second.defs)
        === app/lazy.py
        from app.sub.fourth import defs as fourth
        === app/sub/__init__.py
        === other/alone.py
        import dagster
        defs = dagster.Definitions()
        """
        + "".join(
            f"        === app/{name}.py\n        import dagster\n"
            "        defs = dagster.Definitions()\n"
            for name in ("first", "second", "sub/third", "sub/fourth")
        )
    )
    assert [name for name, *_ in found(folder)] == ["alone.py", "app.definitions"]


def test_of_a_circle_one_entry_point_stays(write):
    folder = write(
        """
        === app/__init__.py
        === app/a.py
        from app import b
        import dagster
        defs = dagster.Definitions()
        === app/b.py
        from app import a
        import dagster
        defs = dagster.Definitions()
        """
    )
    assert found(folder) == [("app.a", "module", "app/a.py")]


def test_a_defs_folder_belongs_to_what_loads_it(write):
    folder = write(
        f"=== src/app/__init__.py\n=== src/app/definitions.py\nimport dagster as dg\n"
        f"defs = dg.load_from_defs_folder()\n=== src/app/defs/x.py\n{DEFS}"
    )
    assert found(folder) == [("app.definitions", "module", "src/app/definitions.py")]


def test_the_definitions_of_tests_are_no_code_location(write):
    folder = write(f"=== app.py\n{DEFS}=== tests/test_app.py\n{DEFS}=== test_more.py\n{DEFS}")
    assert found(folder) == [("app", "module", "app.py")]
    assert found(folder, "tests/test_app.py") == [("test_app.py", "module", "tests/test_app.py")]


def test_without_any_definitions_all_that_defines_something_is_one_location(write):
    folder = write(
        f"=== pyproject.toml\n=== app/__init__.py\n=== app/a.py\n{ASSET}=== app/b.py\n{ASSET}"
        "=== app/none.py\nx = 1\n=== app/own.py\nfrom app.dec import asset\n@asset\ndef x(): ...\n"
        "=== app/ours.py\nfrom assetgen.runtime import asset\n"
    )
    assert found(folder) == [
        ("app", "modules", "app/a.py", "app/b.py", "app/ours.py", "app/own.py")
    ]


def test_any_mix_of_files_and_folders(write):
    folder = write(f"=== one/a.py\n{ASSET}=== two/b.py\n{ASSET}=== two/c.py\n{ASSET}")
    assert found(folder, "one", "two/b.py") == [
        ("repo", "modules", "one/a.py", "two/b.py"),
    ]
    assert found(folder, "two/b.py", "two/c.py", "two") == [
        ("two", "modules", "two/b.py", "two/c.py")
    ]


def test_a_named_file_is_taken_whatever_it_holds(write):
    folder = write("=== a.py\nx = 1\n")
    assert found(folder, "a.py") == [("a", "modules", "a.py")]
    assert found(folder) == []


def test_a_named_file_that_is_declared_is_what_dagster_loads_of_it(write):
    workspace = "=== workspace.yaml\nload_from:\n  - python_file: jobs/a.py\n"
    folder = write(f"{workspace}=== jobs/a.py\n{ASSET}=== jobs/b.py\n{ASSET}")
    assert found(folder, "jobs/a.py") == [("a.py", "module", "jobs/a.py")]
    assert found(folder, "jobs/b.py") == [("b.py", "modules", "jobs/b.py")]
    assert found(folder, "jobs/a.py", "jobs/b.py") == [
        ("jobs", "modules", "jobs/a.py", "jobs/b.py")
    ]


def test_equal_modules_of_several_projects_stay_apart(write):
    folder = write(
        "".join(f"=== week_{n}/app/__init__.py\n=== week_{n}/app/repo.py\n{DEFS}" for n in (1, 2))
    )
    targets = discover(folder).targets
    assert [target.name for target in targets] == ["app.repo", "app.repo"]
    assert [target.source_roots[0].name for target in targets] == ["week_1", "week_2"]


def test_named_modules_are_found_in_the_source_roots(write):
    folder = write(
        f"=== src/app/__init__.py\n=== src/app/entry.py\n{DEFS}=== src/app/defs/a.py\n{ASSET}"
    )
    assert found(folder, modules=("app.entry",)) == [("app.entry", "module", "src/app/entry.py")]
    assert found(folder, modules=("app.defs",)) == [("app.defs", "defs folder", "src/app/defs")]
    named = discover_code_locations(
        (), Configuration(folder), Disk(), modules=("app",), source_roots=(folder / "src",)
    )
    assert [target.kind for target in named.targets] == [LoadKind.MODULE]


def test_named_modules_are_found_in_the_folder_in_which_the_command_is_run(write):
    folder = write(
        f"=== pyproject.toml\n[project]\nname = 'shop'\n=== shop/__init__.py\n"
        f"=== code/loads/__init__.py\n{DEFS}=== code/loads/a.py\nimport shop\n{ASSET}"
        f"=== code/loads/runs/__init__.py\n=== code/loads/runs/entry.py\n{DEFS}"
    )
    inner = folder / "code/loads/runs"
    named = discover_code_locations((), Configuration(inner), Disk(), modules=("entry",))
    assert [target.modules[0].path for target in named.targets] == [inner / "entry.py"]
    assert named.targets[0].source_roots == (inner, folder / "code", folder)


def test_a_part_of_a_repository_may_declare_a_module_of_the_distribution_around_it(write):
    folder = write(
        "=== pyproject.toml\n[project]\nname = 'shop'\n=== src/shop/__init__.py\n"
        f"=== src/shop/loads.py\n{DEFS}"
        "=== parts/tools/pyproject.toml\n[project]\nname = 'tools'\n"
        "=== parts/tools/src/tools/__init__.py\n"
        "=== parts/tools/workspace.yaml\nload_from:\n"
        "  - python_module: {module_name: shop.loads}\n"
    )
    assert found(folder, "parts/tools") == [("shop.loads", "module", "src/shop/loads.py")]


MADE = "from dagster import Definitions\ndefs = Definitions()\n"


@pytest.mark.parametrize(
    "written",
    [
        codecs.BOM_UTF8 + MADE.encode(),
        MADE.replace("\n", "\r").encode(),
        MADE.replace("\n", "\r\n").encode(),
    ],
)
def test_marks_of_encodings_and_newlines_hide_no_definitions(written, tmp_path):
    (tmp_path / "a.py").write_bytes(written)
    assert found(tmp_path) == [("a", "module", "a.py")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_mark_before_the_first_import_does_not_hide_it(encoding, tmp_path):
    source = "from dagster import AssetSpec\nspec = AssetSpec('a')\n"
    (tmp_path / "a.py").write_text(source, encoding=encoding)
    assert found(tmp_path) == [("a", "modules", "a.py")]


def test_mistakes_in_what_is_named(write):
    folder = write("=== a.py\n")
    (folder / "link").symlink_to("nowhere")
    (mistake,) = discover(folder, "link").mistakes
    assert mistake.endswith("link: neither a file nor a folder")
    assert discover(folder, "nowhere").mistakes[0].endswith("nowhere: no such file or folder")
    (folder / "notes.ipynb").touch()
    assert discover(folder, "notes.ipynb").mistakes[0].endswith("notes.ipynb: not a Python file")
    (mistake,) = discover(folder, modules=("app.x",)).mistakes
    assert mistake.startswith("no module named `app.x` in ")
