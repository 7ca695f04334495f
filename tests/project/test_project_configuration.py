"""`[tool.assetgen]`: what it sets, and what is said of mistakes in it."""

import pytest

from assetgen.analyzer.project.disk import Disk
from assetgen.analyzer.project.locations.configuration import load_configuration


def load(folder, start="."):
    return load_configuration(folder / start if start != "." else folder, Disk())


def said(configuration):
    return [
        f"{d.span.path.rpartition('/')[2]}:{d.span.line}:{d.span.column} {d.rule}: {d.message}"
        for d in configuration.diagnostics
    ]


def test_every_setting(write):
    folder = write(
        """
        === pyproject.toml
        [project]
        name = "x"

        [tool.assetgen]
        source-roots = ["src", "../shared/src"]
        exclude = ["legacy/"]
        select = ["G", "unknown-dependency"]
        ignore = ["unreached-definition"]
        external-assets = ["warehouse/orders", "crm/*"]

        [tool.assetgen.env]
        STAGE = "prod"
        BUCKET = "b"

        [tool.assetgen.severity]
        K = "info"
        unknown-dependency = "error"
        === src/app/a.py
        """
    )
    configuration = load(folder, "src/app/a.py")
    assert configuration.folder == folder
    assert configuration.source_roots == (folder / "src", folder.parent / "shared" / "src")
    assert configuration.exclude == ("legacy/",)
    assert configuration.select == ("G", "unknown-dependency")
    assert configuration.ignore == ("unreached-definition",)
    assert configuration.external_assets == ("warehouse/orders", "crm/*")
    assert configuration.env == (("BUCKET", "b"), ("STAGE", "prod"))
    assert configuration.severity == (("K", "info"), ("unknown-dependency", "error"))
    assert configuration.diagnostics == ()


def test_nothing_configured(write):
    folder = write("=== pyproject.toml\n[project]\nname = 'x'\n")
    configuration = load(folder)
    assert (configuration.folder, configuration.diagnostics) == (folder, ())


def test_the_nearest_file_counts_and_assetgen_toml_goes_first(write):
    folder = write(
        """
        === pyproject.toml
        [tool.assetgen]
        select = ["A"]
        === sub/pyproject.toml
        [tool.assetgen]
        select = ["B"]
        === sub/assetgen.toml
        select = ["C"]
        === sub/below/x.py
        """
    )
    assert load(folder).select == ("A",)
    assert load(folder, "sub/below").select == ("C",)


def test_nothing_above_the_repository_counts(write):
    folder = write("=== a.py\n")
    (folder.parent / "assetgen.toml").write_text('select = ["A"]')
    assert load(folder).select == ()


WRONG = {
    "source-roots = 'src'": '`source-roots` must be a list of folders, such as ["src"]',
    "exclude = [1]": '`exclude` must be a list of patterns, such as ["legacy/", "*_old.py"]',
    "select = {}": '`select` must be a list of rules, such as ["unknown-dependency", "G"]',
    "ignore = true": '`ignore` must be a list of rules, such as ["unreached-definition"]',
    "external-assets = ['']": (
        '`external-assets` must be a list of asset keys, such as ["warehouse/orders", "crm/*"]'
    ),
    "env = { A = 1 }": '`env` must be a table of strings, such as { DAGSTER_ENV = "prod" }',
}


@pytest.mark.parametrize("line", WRONG)
def test_a_value_of_the_wrong_type(write, line):
    folder = write(f"=== pyproject.toml\n[project]\nname = 'x'\n\n[tool.assetgen]\n{line}\n")
    assert said(load(folder)) == [f"pyproject.toml:5:1 bad-configuration: {WRONG[line]}"]


def test_an_unknown_setting(write):
    folder = write(
        """
        === assetgen.toml
        select = ["A"]
        source_root = ["src"]
        color = "red"
        """
    )
    configuration = load(folder)
    assert configuration.select == ("A",)
    assert said(configuration) == [
        "assetgen.toml:2:1 unknown-setting: Unknown setting `source_root`; "
        "did you mean `source-roots`?",
        "assetgen.toml:3:1 unknown-setting: Unknown setting `color`; known ones: "
        "source-roots, exclude, select, ignore, external-assets, env, unset, severity",
    ]


def test_a_file_that_is_not_toml(write):
    folder = write("=== pyproject.toml\n[tool.assetgen]\nselect = [\n  'a' 'b'\n]\n")
    (message,) = said(load(folder))
    assert message.startswith(
        "pyproject.toml:3:7 bad-configuration: `pyproject.toml` is not valid TOML: Unclosed array"
    )


def test_a_file_that_is_not_text(write):
    folder = write("=== a.py\n")
    (folder / "pyproject.toml").write_bytes(b"a = 1\nb = '\xff'\n")
    assert said(load(folder)) == [
        "pyproject.toml:2:1 bad-configuration: `pyproject.toml` is not UTF-8 text"
    ]


def test_a_section_that_is_no_table(write):
    folder = write("=== pyproject.toml\n[tool]\nassetgen = 3\n")
    assert said(load(folder)) == [
        "pyproject.toml:2:1 bad-configuration: `tool.assetgen` must be a table"
    ]
