"""What allow comments cover, and what is said of those that do nothing."""

from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.lint.suppressions import suppressions_in
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.pipeline import Module, Pipeline
from assetgen.analyzer.model.spans import Span


def linted(source: str, *rules: str, options: LintOptions | None = None) -> LintReport:
    """What remains of findings of `rules`, one in each line of the source that says `HERE`."""
    source = dedent(source)
    lines = [number for number, line in enumerate(source.splitlines(), 1) if "HERE" in line]
    findings = tuple(
        diagnostic(rule, "it is wrong", Span("shop.py", line, 1, line, 2))
        for line in lines
        for rule in rules
    )
    pipeline = Pipeline((), findings, modules=(Module("shop", "shop.py", "/nowhere"),))
    return lint(pipeline, options, sources=lambda _: source.encode())


def remaining(source: str, *rules: str, options: LintOptions | None = None) -> list[str]:
    report = linted(source, *rules, options=options)
    return [f"{each.span.line}:{each.span.column} {each.rule}" for each in report.findings]


def test_a_comment_at_the_end_of_the_line_allows_its_rules() -> None:
    report = linted("HERE = 1  # assetgen: allow[cycle]", "cycle")
    assert report.findings == ()
    assert report.allowed == 1


def test_rules_that_are_not_named_remain() -> None:
    source = "HERE = 1  # assetgen: allow[cycle, K104] since the old one does it too"
    assert remaining(source, "cycle", "string-deps", "bad-name") == ["1:1 bad-name"]


def test_it_shares_a_comment_with_other_tools() -> None:
    assert remaining("HERE = 1  # noqa: F401  # assetgen: allow[cycle]", "cycle") == []


def test_a_comment_of_its_own_covers_the_decorators_and_the_header_below() -> None:
    source = """\
        # assetgen: allow[cycle]

        # and another comment
        @first
        @HERE(
            1,
            HERE,
        )
        def report(
            HERE,
        ):
            HERE
    """
    assert remaining(source, "cycle") == ["12:1 cycle"]


def test_a_comment_of_its_own_covers_one_statement() -> None:
    source = """\
        # assetgen: allow[cycle]
        defs = Definitions(
            HERE,
        )
        HERE
    """
    assert remaining(source, "cycle") == ["5:1 cycle"]


def test_a_comment_within_brackets_covers_the_next_line() -> None:
    source = """\
        deps = [
            # assetgen: allow[cycle]
            HERE,
            HERE,
        ]
    """
    assert remaining(source, "cycle") == ["4:1 cycle"]


def test_a_whole_file() -> None:
    source = """\
        HERE = 1
        # assetgen: allow-file[cycle]
        HERE = 2
    """
    assert remaining(source, "cycle") == []


def test_text_in_strings_allows_nothing() -> None:
    source = '''\
        HERE = "# assetgen: allow[cycle]"
        text = """
        # assetgen: allow-file[cycle]
        """
    '''
    assert remaining(source, "cycle") == ["1:1 cycle"]


def test_an_unknown_rule_is_told_with_the_nearest() -> None:
    [finding] = linted("x = 1  # assetgen: allow[cycles]").findings
    assert finding.rule == "unknown-suppression"
    assert finding.message == "no rule is called `cycles`; did you mean 'cycle'?"
    assert (finding.span.column, finding.span.end_column) == (26, 32)


def test_a_comment_without_rules_is_told() -> None:
    assert remaining("HERE = 1  # assetgen: allow", "cycle") == [
        "1:1 cycle",
        "1:11 unknown-suppression",
    ]


def test_families_are_no_rules() -> None:
    assert remaining("HERE = 1  # assetgen: allow[graph]", "cycle") == [
        "1:1 cycle",
        "1:29 unknown-suppression",
    ]


def test_an_unused_comment_is_told() -> None:
    source = "HERE = 1  # assetgen: allow[cycle, bad-name]"
    assert remaining(source, "cycle") == ["1:36 unused-suppression"]


def test_a_comment_for_a_rule_that_did_not_run_is_not_unused() -> None:
    options = LintOptions(ignore=("G",))
    assert remaining("x = 1  # assetgen: allow[cycle]", options=options) == []


def test_what_is_said_of_comments_can_be_allowed() -> None:
    source = """\
        # assetgen: allow-file[unused-suppression]
        x = 1  # assetgen: allow[cycle]
    """
    assert remaining(source) == []


def test_a_file_that_cannot_be_tokenised_keeps_the_comments_before_the_error() -> None:
    source = b"x = 1  # assetgen: allow[cycle]\ny = (\n"
    assert [each.written for each in suppressions_in("shop.py", source)] == ["cycle"]
    assert suppressions_in("shop.py", b"\xff # assetgen: allow[cycle]") == ()


@given(
    st.lists(
        st.sampled_from([*"([{)]}:@\\\n\r\t \"'fxd", "# assetgen: allow[cycle]", "\n\n", "\0"])
    )
)
def test_no_source_is_too_strange(pieces: list[str]) -> None:
    source = "".join(pieces).encode()
    for suppression in suppressions_in("shop.py", source):
        assert suppression.written == "cycle"
        assert 1 <= suppression.first <= suppression.last
