"""Fixes go into files whole, do not overlap, and leave valid Python."""

from pathlib import Path

import pytest

from assetgen.analyzer.lint.fix_files import fix_files
from assetgen.analyzer.lint.fixes import Repair, repair
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.model.catalogue import diagnostic
from assetgen.analyzer.model.diagnostics import Diagnostic, Edit, Fix
from assetgen.analyzer.model.pipeline import Module, Pipeline
from assetgen.analyzer.model.spans import Span


def replacing(source: str, *changes: tuple[str, str], safe: bool = True) -> Diagnostic:
    """A finding whose fix replaces, for each change, the one place where the old text stands."""
    edits = []
    for old, new in changes:
        path, _, wanted = old.rpartition("|")
        before = source[: source.index(wanted)]
        line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
        span = Span(path or "shop.py", line, column, line, column + len(wanted))
        edits.append(Edit(span, new))
    return diagnostic("string-deps", "no", edits[0].span, fix=Fix("Do it", tuple(edits), safe))


def repaired(source: str, *findings: Diagnostic, unsafe: bool = False) -> tuple[str, Repair]:
    result = repair(findings, lambda _: source.encode(), unsafe=unsafe)
    return (result.changes[0].after.decode() if result.changes else source), result


def test_edits_are_put_in_from_the_end() -> None:
    source = 'deps="orders"\nmore="sales"\n'
    one = replacing(source, ('"orders"', '["orders"]'))
    two = replacing(source, ('"sales"', '["sales"]'))
    assert repaired(source, one, two)[0] == 'deps=["orders"]\nmore=["sales"]\n'


def test_unsafe_fixes_wait_to_be_asked_for() -> None:
    source = "x = 1\n"
    finding = replacing(source, ("1", "2"), safe=False)
    assert repaired(source, finding)[0] == source
    assert repaired(source, finding, unsafe=True)[0] == "x = 2\n"


def test_of_two_that_overlap_the_first_is_taken() -> None:
    source = "x = 10 + 20\n"
    one, two = replacing(source, ("10 + 20", "30")), replacing(source, ("20", "7"))
    text, result = repaired(source, one, two)
    assert text == "x = 30\n"
    assert (result.fixed, result.refused) == ((one,), (two,))


def test_one_change_asked_for_twice_is_made_once() -> None:
    source = "x = 10\n"
    text, result = repaired(source, *[replacing(source, ("10", "[10]"))] * 2)
    assert text == "x = [10]\n"
    assert result.refused == ()


def test_a_fix_that_breaks_the_file_is_refused() -> None:
    source = "x = 10\ny = 5\n"
    bad, good = replacing(source, ("10", "(")), replacing(source, ("5", "6"))
    text, result = repaired(source, bad, good)
    assert text == source
    assert result.refused == (bad, good)


def test_a_fix_goes_into_all_of_its_files_or_none() -> None:
    source = "x = 10\ny = 5\n"
    both = replacing(source, ("10", "11"), ("other.py|5", "6"))
    result = repair([both], {"shop.py": source.encode()}.get)
    assert result.changes == ()
    assert result.refused == (both,)
    files = {"shop.py": source.encode(), "other.py": source.encode()}
    changes = repair([both], files.get).changes
    assert [(each.path, each.after) for each in changes] == [
        ("other.py", b"x = 10\ny = 6\n"),
        ("shop.py", b"x = 11\ny = 5\n"),
    ]


def test_a_place_that_is_not_in_the_file_is_refused() -> None:
    span = Span("shop.py", 9, 1, 9, 2)
    finding = diagnostic("string-deps", "no", span, fix=Fix("Do it", (Edit(span, "x"),), True))
    assert repaired("x = 1\n", finding)[1].refused == (finding,)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("mark", "encoding", "head"),
    [(b"", "utf-8", ""), (b"\xef\xbb\xbf", "utf-8", ""), (b"", "latin-1", "# coding: latin-1\n")],
)
def test_everything_else_stays_byte_for_byte(
    ends: str, mark: bytes, encoding: str, head: str
) -> None:
    source = head + 'é = "é\f" + "old"\nä = 2\n'
    finding = replacing(source, ("old", "ñew"))
    before = mark + source.replace("\n", ends).encode(encoding)
    [change] = repair([finding], lambda _: before).changes
    assert change.after == before.replace(b"old", "ñew".encode(encoding))


def test_text_that_the_encoding_cannot_hold_is_refused() -> None:
    source = "# coding: latin-1\nx = 'old'\n"
    finding = replacing(source, ("old", "€"))
    assert repaired(source, finding)[1].refused == (finding,)


def test_files_are_fixed_until_nothing_more_can_be(tmp_path: Path) -> None:
    file = tmp_path / "shop.py"
    file.write_text("x = 1\n")
    file.chmod(0o640)

    def analyse() -> Pipeline:
        source = file.read_text()
        steps = {"1": "2", "2": "3"}
        found = [replacing(source, (old, new)) for old, new in steps.items() if old in source]
        return Pipeline((), tuple(found[:1]), modules=(Module("shop", "shop.py", str(file)),))

    report = fix_files(analyse, LintOptions())
    assert file.read_text() == "x = 3\n"
    assert file.stat().st_mode & 0o777 == 0o640
    assert len(report.fixed) == 2
    assert report.remaining.findings == ()
    assert [each.name for each in tmp_path.iterdir()] == ["shop.py"]
