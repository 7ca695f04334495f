"""Which rules run, and how loud they are."""

import pytest
from lint.pipelines import pipeline

from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.lint.selectors import UnknownSelectorError, rules_selected
from assetgen.analyzer.model.catalogue import CATALOGUE
from assetgen.analyzer.model.diagnostics import Severity


def test_all_is_every_rule() -> None:
    assert rules_selected(["all"]) == set(CATALOGUE)


@pytest.mark.parametrize("selector", ["unknown-dependency", "K101", "K10", "K", "keys", "all"])
def test_a_rule_is_meant_by_name_code_prefix_family_and_all(selector: str) -> None:
    assert "unknown-dependency" in rules_selected([selector])


def test_a_prefix_is_no_other_family() -> None:
    codes = {CATALOGUE[name].code[0] for name in rules_selected(["K"])}
    assert codes == {"K"}


def test_ignore_wins() -> None:
    selected = rules_selected(["keys", "graph"], ["K1", "cycle"])
    assert selected == rules_selected(["graph"]) - {"cycle"}


@pytest.mark.parametrize(
    ("selector", "hint"),
    [
        ("unknown-dependancy", "; did you mean 'unknown-dependency'?"),
        ("unresolve", "; did you mean 'unresolved'?"),
        ("Q7", ""),
        ("", ""),
    ],
)
def test_an_unknown_selector_is_refused(selector: str, hint: str) -> None:
    with pytest.raises(UnknownSelectorError) as caught:
        rules_selected([selector])
    assert str(caught.value) == f"no rule, code or family is called {selector!r}{hint}"


def test_only_errors_and_warnings_fail() -> None:
    drawing = pipeline("orders\nlost unresolved-attribute")
    assert not lint(drawing, sources=lambda _: None).failed
    louder = LintOptions(severities=(("unresolved", Severity.WARNING),))
    assert lint(drawing, louder, sources=lambda _: None).failed


def test_findings_come_in_order_of_place_and_once() -> None:
    drawing = pipeline(
        "location one\na < b\nb < a\nlocation two\nd < c\nc < d\nlost budget-exceeded"
    )
    report = lint(drawing, sources=lambda _: None)
    assert [(each.rule, each.span.line) for each in report.findings] == [
        ("cycle", 2),
        ("cycle", 5),
        ("budget-exceeded", 7),
    ]
