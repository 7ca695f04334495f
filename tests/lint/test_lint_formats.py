"""A report as text: exactly so."""

import json
from textwrap import dedent

from lint.pipelines import pipeline

from assetgen.analyzer.lint.formats import FORMATS
from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Edit, Fix
from assetgen.analyzer.model.spans import Span

TEXT = "orders\nreport < ordres\na < b\nb < a\nlost unresolved-attribute\n"


def sources(path: str) -> bytes | None:
    return TEXT.encode() if path == "shop.py" else None


def rendered(name: str, report: LintReport | None = None) -> str:
    return FORMATS[name](report or lint(pipeline(TEXT), sources=sources), sources)


def test_concise() -> None:
    assert rendered("concise") == dedent("""\
        shop.py:2:10: K101 [unknown-dependency] `report` depends on `ordres`, which no asset has as its key; did you mean `orders`?
        shop.py:3:5: G201 [cycle] circular dependency: `a` -> `b` -> `a`
        shop.py:5:1: U003 [unresolved-attribute] it is lost
    """)  # noqa: E501


def test_full() -> None:
    assert rendered("full") == dedent("""\
        warning[K101] unknown-dependency: `report` depends on `ordres`, which no asset has as its key; did you mean `orders`?
          --> shop.py:2:10
             |
           2 | report < ordres
             |          ^^^^^^
          --> shop.py:1:1
             |
           1 | orders
             | ^^^^^^ `orders` is defined here

        error[G201] cycle: circular dependency: `a` -> `b` -> `a`
          --> shop.py:3:5
             |
           3 | a < b
             |     ^
          --> shop.py:3:5
             |
           3 | a < b
             |     ^ `a` depends on `b`
          --> shop.py:4:5
             |
           4 | b < a
             |     ^ `b` depends on `a`

        info[U003] unresolved-attribute: it is lost
          --> shop.py:5:1
             |
           5 | lost unresolved-attribute
             | ^^^^

        1 error, 1 warning, 1 note
    """)  # noqa: E501


def test_full_of_a_fix_and_a_file_that_cannot_be_read() -> None:
    span = Span("gone.py", 7, 1, 9, 2)
    finding = diagnostic("string-deps", "no", span, fix=Fix("Write a list", (Edit(span, ""),)))
    assert rendered("full", LintReport((finding,), allowed=2)) == dedent("""\
        error[K104] string-deps: no
          --> gone.py:7:1
          help: Write a list (`--fix --unsafe-fixes` does it)

        1 error (2 allowed by comments); 1 can be fixed
    """)


def test_formats_of_an_empty_report() -> None:
    report = LintReport(())
    assert rendered("full", report) == "nothing found\n"
    assert rendered("concise", report) == rendered("github", report) == ""
    assert json.loads(rendered("json", report))["findings"] == []
    assert json.loads(rendered("sarif", report))["runs"][0]["results"] == []


def test_json() -> None:
    document = json.loads(rendered("json"))
    assert document["version"] == 1
    assert document["summary"] == {"errors": 1, "warnings": 1, "infos": 1, "allowed": 0}
    span = {"path": "shop.py", "line": 2, "column": 10, "end_line": 2, "end_column": 16}
    defined = {"path": "shop.py", "line": 1, "column": 1, "end_line": 1, "end_column": 7}
    assert document["findings"][0] == {
        "rule": "unknown-dependency",
        "code": "K101",
        "family": "keys",
        "severity": "warning",
        "message": "`report` depends on `ordres`, which no asset has as its key; "
        "did you mean `orders`?",
        "span": span,
        "related": [{"message": "`orders` is defined here", "span": defined}],
        "fix": None,
    }


def test_github() -> None:
    assert rendered("github").splitlines()[1] == (
        "::error file=shop.py,line=3,endLine=3,title=G201 cycle,col=5,endColumn=6::"
        "circular dependency: `a` -> `b` -> `a`"
    )


def test_github_escapes_what_would_end_a_command() -> None:
    finding = diagnostic("cycle", "50%\nof it", Span("a,b:c.py", 1, 1, 2, 1))
    assert rendered("github", LintReport((finding,))) == (
        "::error file=a%2Cb%3Ac.py,line=1,endLine=2,title=G201 cycle::50%25%0Aof it\n"
    )


def test_sarif_refers_to_its_own_rules() -> None:
    run = json.loads(rendered("sarif"))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]
    assert [result["level"] for result in run["results"]] == ["warning", "error", "note"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 16}
