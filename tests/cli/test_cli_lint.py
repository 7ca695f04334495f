"""`assetgen lint` from its options and settings to its exit codes."""

import json

import pytest

from assetgen.cli.application import application
from assetgen.cli.failure import UsageFailure

CIRCLE = """\
import dagster as dg


@dg.asset(deps=["report"])
def orders(): ...


@dg.asset(deps=[orders])
def report(): ...
"""

MISSPELLED = """\
import dagster as dg


@dg.asset
def orders(): ...


@dg.asset(deps=["order"])
def report(): ...


defs = dg.Definitions(assets=[orders, report])
"""


@pytest.fixture
def lint(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def run(source, *options, settings=None):
        (tmp_path / "assets.py").write_text(source)
        if settings is not None:
            (tmp_path / "pyproject.toml").write_text(f"[tool.assetgen]\n{settings}\n")
        words = ["lint", "--format", "concise", *options, "."]
        code = application.main(words, prog_name="assetgen", standalone_mode=False)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


def test_findings_have_a_place_and_fail(lint):
    code, said, _ = lint(CIRCLE)
    assert code == 1
    assert said.startswith("assets.py:")
    assert "G201 [cycle]" in said


@pytest.mark.parametrize(
    ("options", "settings"),
    [
        (["--ignore", "cycle"], None),
        (["--ignore", "K101, G2"], None),
        (["--select", "keys"], None),
        ([], 'ignore = ["G201"]'),
        ([], 'select = ["keys", "U"]'),
    ],
)
def test_rules_are_selected(lint, options, settings):
    assert lint(CIRCLE, *options, settings=settings)[:2] == (0, "")


def test_options_go_before_settings(lint):
    assert lint(CIRCLE, "--select", "graph", settings='select = ["keys"]')[0] == 1


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ('cycle = "error"', 1),
        ('cycle = "info"', 0),
        ('graph = "error"\ncycle = "info"', 0),
        ('cycle = "info"\ngraph = "warning"', 1),
    ],
)
def test_severities_are_set(lint, settings, code):
    assert lint(CIRCLE, settings=f"[tool.assetgen.severity]\n{settings}")[0] == code


def test_a_rule_that_is_off_is_silent(lint):
    assert lint(CIRCLE, settings='severity = { cycle = "off" }')[:2] == (0, "")
    assert lint(CIRCLE, settings='severity = { graph = "off", cycle = "error" }')[0] == 1


def test_what_is_allowed_of_a_rule_that_is_off_is_not_judged(lint):
    allowed = MISSPELLED + "# assetgen: allow[cycle]\n"
    select = ["--select", "cycle,hygiene"]
    assert "H102" in lint(allowed, *select)[1]
    assert lint(allowed, *select, settings='severity = { cycle = "off" }')[1] == ""
    warned = lint(allowed, *select, settings='severity = { unused-suppression = "warning" }')
    assert warned[0] == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('severity = { cycel = "off" }', "cycel"),
        ('severity = { cycle = "loud" }', "F001"),
    ],
)
def test_severities_that_do_not_exist_are_refused(lint, settings, said):
    try:
        code, out, _ = lint(CIRCLE, settings=settings)
    except UsageFailure as failure:
        assert said in str(failure)
    else:
        assert (code, said in out) == (1, True)


def test_external_assets_are_known(lint):
    assert lint(MISSPELLED)[0] == 1
    assert lint(MISSPELLED, settings='external-assets = ["ord*"]')[:2] == (0, "")


def test_comments_allow(lint):
    allowed = MISSPELLED.replace(
        '@dg.asset(deps=["order"])', '@dg.asset(deps=["order"])  # assetgen: allow[K101]'
    )
    assert lint(allowed)[:2] == (0, "")


@pytest.mark.parametrize(
    ("options", "settings", "said"),
    [
        (["--select", "cycles"], None, "no rule, code or family is called 'cycles'"),
        ([], 'ignore = ["cycel"]', "pyproject.toml: no rule, code or family is called 'cycel'"),
    ],
)
def test_rules_that_do_not_exist(lint, options, settings, said):
    with pytest.raises(UsageFailure) as failure:
        lint(CIRCLE, *options, settings=settings)
    assert failure.value.message.startswith(said)
    assert "did you mean 'cycle'?" in failure.value.message


def test_mistakes_in_the_settings_are_findings(lint):
    code, said, _ = lint("import dagster\n", settings="selekt = []\nexclude = 3")
    assert code == 1
    assert said.splitlines() == [
        "pyproject.toml:2:1: F002 [unknown-setting] Unknown setting `selekt`; "
        "did you mean `select`?",
        "pyproject.toml:3:1: F001 [bad-configuration] `exclude` must be a list of patterns, "
        'such as ["legacy/", "*_old.py"]',
    ]


def test_a_file_that_is_no_python_is_a_finding(lint):
    code, said, _ = lint("import dagster\ndef broken(:\n")
    assert (code, said.partition(": ")[0]) == (1, "assets.py:2:12")


def test_what_is_wrong_is_repaired(lint, tmp_path):
    code, said, told = lint(MISSPELLED, "--fix", "--unsafe-fixes")
    assert (code, said) == (0, "")
    assert told == "1 finding fixed\n"
    assert 'deps=["orders"]' in (tmp_path / "assets.py").read_text()


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_machines_get_a_file_anew_each_time(lint, tmp_path, form):
    target = tmp_path / "found.json"
    for source in (CIRCLE, "import dagster\n"):
        assert lint(source, "--format", form, "-o", "found.json")[1] == ""
        report = json.loads(target.read_text())
        found = report["findings"] if form == "json" else report["runs"][0]["results"]
        assert bool(found) == (source is CIRCLE)
