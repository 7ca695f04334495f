"""From source text to findings, and to repaired source text."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.lint.fix_files import fix_files
from assetgen.analyzer.lint.formats.full import full
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.lint.sources import sources_on_disk
from assetgen.analyzer.model.pipeline import Pipeline

SOURCE = dedent('''\
    """Sales."""

    import dagster as dg


    @dg.asset(key_prefix="raw", group_name="raw")
    def orders(): ...


    @dg.asset(deps="orders")
    def letters(): ...


    @dg.asset(deps=["raw/orders"])
    def slashed(): ...


    @dg.asset(deps=["slashd"])
    def misspelled(): ...


    defs = dg.Definitions(assets=[orders, letters, slashed, misspelled])
''')


@pytest.fixture
def analyse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Pipeline]:
    file = tmp_path / "shop.py"
    file.write_text(SOURCE)
    monkeypatch.chdir(tmp_path)
    return lambda: analyze(Request(paths=(file,))).pipeline


def test_findings_stand_where_the_code_is_wrong(analyse: Callable[[], Pipeline]) -> None:
    findings = lint(analyse()).findings
    assert [(each.rule, str(each.span)) for each in findings] == [
        ("string-deps", "shop.py:10:16"),
        ("slash-in-key", "shop.py:14:17"),
        ("unknown-dependency", "shop.py:18:17"),
    ]
    assert all(each.fix for each in findings)


def test_a_file_that_cannot_be_parsed_is_shown(
    analyse: Callable[[], Pipeline], tmp_path: Path
) -> None:
    (tmp_path / "shop.py").write_text("import dagster as dg\ndefs = dg.Definitions(\n")
    pipeline = analyse()
    [finding] = lint(pipeline).findings
    assert finding.rule == "syntax-error"
    assert "2 | defs = dg.Definitions(\n" in full(lint(pipeline), sources_on_disk(pipeline))


@pytest.mark.parametrize("codec", ["rot13", "hex", "undefined"])
def test_a_file_in_no_encoding_of_text_is_told(
    analyse: Callable[[], Pipeline], tmp_path: Path, codec: str
) -> None:
    (tmp_path / "shop.py").write_text(f"# coding: {codec}\nimport dagster as dg\n")
    pipeline = analyse()
    [finding] = lint(pipeline).findings
    assert finding.rule == "syntax-error"
    assert "cannot decode the file" in full(lint(pipeline), sources_on_disk(pipeline))


def test_safe_fixes_leave_what_may_be_meant(
    analyse: Callable[[], Pipeline], tmp_path: Path
) -> None:
    report = fix_files(analyse, LintOptions())
    assert [each.rule for each in report.fixed] == ["string-deps", "slash-in-key"]
    assert [each.rule for each in report.remaining.findings] == [
        "unknown-dependency",
        "unknown-dependency",
    ]
    expected = SOURCE.replace('deps="orders"', 'deps=["orders"]')
    expected = expected.replace('deps=["raw/orders"]', 'deps=[["raw", "orders"]]')
    assert (tmp_path / "shop.py").read_text() == expected


def test_unsafe_fixes_leave_nothing(analyse: Callable[[], Pipeline], tmp_path: Path) -> None:
    report = fix_files(analyse, LintOptions(), unsafe=True)
    assert report.remaining.findings == ()
    text = (tmp_path / "shop.py").read_text()
    assert 'deps=["slashed"]' in text
    assert text.count('deps=[["raw", "orders"]]') == 2


def test_an_allowed_finding_is_not_fixed(analyse: Callable[[], Pipeline], tmp_path: Path) -> None:
    file = tmp_path / "shop.py"
    source = SOURCE.replace(
        '@dg.asset(deps="orders")', '@dg.asset(deps="orders")  # assetgen: allow[string-deps]'
    )
    file.write_text(source)
    fix_files(analyse, LintOptions(ignore=("K101", "K103")))
    assert file.read_text() == source


def test_a_context_is_given_to_what_is_in_a_folder_of_definitions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the project names as its module is given none."""
    file = tmp_path / "shop.py"
    file.write_text(
        "import dagster as dg\n\n\n@dg.definitions\ndef defs(context: dg.ComponentLoadContext):\n"
        '    return dg.Definitions(assets=[dg.AssetSpec("orders")])\n'
    )
    monkeypatch.chdir(tmp_path)

    def told() -> list[str]:
        return [each.rule for each in lint(analyze(Request(paths=(tmp_path,))).pipeline).findings]

    assert told() == []
    (tmp_path / "pyproject.toml").write_text('[tool.dagster]\nmodule_name = "shop"\n')
    assert told() == ["invalid-definition"]
