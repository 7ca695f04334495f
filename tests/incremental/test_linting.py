"""Findings stay those of a new run while somebody types."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.incremental import linting
from assetgen.analyzer.incremental.linting import LintSession
from assetgen.analyzer.lint.options import LintOptions
from assetgen.analyzer.lint.report import LintReport
from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.lint.sources import sources_on_disk
from assetgen.analyzer.project.disk import Disk

SHOP = '''"""What a shop has."""
import dagster as dg


def named(name):
    text = name.upper()

    @dg.asset(name=name, deps=["nothing"])
    def made(context):
        rows = 1
        return rows

    return made


@dg.asset(
    deps=["ordrs"],
    group_name="one-two",
)
def totals(orders, é="x"):
    """All of them."""
    rows = [
        order for order in orders
    ]
    return rows  # all


class Names:
    first = "à b"  # assetgen: allow[unknown-dependency]

    def method(self):
        value = self.first
        return value


# assetgen: allow[unknown-dependency, unresolved-input]
@dg.asset
def orders(raw_orders, nothing):
    if raw_orders:
        return 1
    return nothing


if True:

    @dg.asset(deps="abc")
    def within():
        yield 1


later = [named(name) for name in ("a", "b")]; other = dg.asset(name=Names().method())
defs = dg.Definitions(assets=[*later, totals, orders, within])
'''
LINES = (
    *("", "# a comment", "    # another", "    rows = 2", "    x = nothing", "    global named"),
    *("        more = 1", "\t", "    '''", "@dg.asset", ")", "import os", "        return self"),
    "# assetgen: allow[unknown-dependency]",
)
EDITS = st.lists(
    st.tuples(
        st.sampled_from(("insert", "delete", "append", "replace", "double")),
        st.integers(0, SHOP.count("\n")),
        st.sampled_from(LINES),
    ),
    min_size=1,
    max_size=5,
)


def typed(text: str, what: str, line: int, new: str) -> str:
    lines = text.split("\n")
    line = min(line, len(lines) - 1)
    if what == "insert":
        lines.insert(line, new)
    elif what == "delete":
        del lines[line]
    elif what == "append":
        lines[line] += f"  {new.strip()}"
    elif what == "replace":
        lines[line] = new
    else:
        lines[line] = lines[line].replace("1", "11").replace("value", "values")
    return "\n".join(lines)


def anew(request: Request) -> LintReport:
    disk = Disk()
    pipeline = analyze(request, disk).pipeline
    return lint(pipeline, LintOptions(), sources_on_disk(pipeline, disk))


@given(edits=EDITS)
@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_every_line_gives_what_a_new_run_finds(
    tmp_path: Path, edits: list[tuple[str, int, str]]
) -> None:
    file = tmp_path / "shop.py"
    file.write_text(SHOP, encoding="utf-8")
    request = Request(paths=(tmp_path,))
    session = LintSession(request, lambda disk: LintOptions())
    assert session.update({}).report == anew(request)
    text = SHOP
    for number, edit in enumerate(edits):
        text = typed(text, *edit)
        file.write_text(text, encoding="utf-8")
        assert session.update({file: None}).report == anew(request), text
        if number % 2:
            placed = session.placed()
            assert placed.report == anew(request), text
            assert placed.analysis.pipeline == analyze(request).pipeline, text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n\nclass Names", "\n\n\n# more\nclass Names"),
        ("        rows = 1\n", "        rows = 1\n        rows += 1\n"),
        ("        order for order in orders", "        order for order in orders if order"),
        ("        return 1\n", "        pass\n"),
    ],
)
def test_what_only_moves_is_not_evaluated_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    file = tmp_path / "shop.py"
    file.write_text(SHOP, encoding="utf-8")
    request = Request(paths=(tmp_path,))
    session = LintSession(request, lambda disk: LintOptions())
    first = session.update({})
    assert first.report.findings
    monkeypatch.setattr(linting, "lint", None)
    text = SHOP.replace(old, new)
    assert text != SHOP
    assert session.update({file: text.encode()}).report == _of_text(file, text, request)


def _of_text(file: Path, text: str, request: Request) -> LintReport:
    file.write_text(text, encoding="utf-8")
    return anew(request)


def test_what_was_before_an_edit_is_not_kept(tmp_path: Path) -> None:
    """What a module was holds on to all others that it was evaluated with."""
    import gc

    from assetgen.analyzer.evaluate.values import Module

    for number in range(5):
        text = f"import dagster as dg\n\na{number} = dg.asset(name='a{number}')(lambda: None)\n"
        (tmp_path / f"part_{number}.py").write_text(text)
    text = (
        "import dagster as dg\nfrom . import part_0, part_1, part_2, part_3, part_4\n\n"
        "parts = [part_0, part_1, part_2, part_3, part_4]\n"
        "defs = dg.Definitions(dg.load_assets_from_modules(parts))\n"
    )
    (tmp_path / "__init__.py").write_text(text)
    session = LintSession(Request(paths=(tmp_path,)), lambda disk: LintOptions())
    session.update({})
    file = tmp_path / "part_3.py"
    before = file.read_text()
    counts = []
    for number in range(120):
        more = f"b{number} = dg.asset(name='b{number}', deps=['c{number}'])(lambda: None)\n"
        session.update({file: (before + more).encode()})
        if number % 40 == 39:
            gc.collect()
            counts.append(sum(isinstance(each, Module) for each in gc.get_objects()))
    assert counts[2] <= counts[0] + 40, counts
