"""The table that people read."""

import re

from sample_pipeline import PIPELINE, SHOP

from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.cli.report import report
from assetgen.cli.table import Cell, columns_of, lines_of, text_width

TABLE = """
group raw  1 asset
asset | kinds | depends on | partitions | checks | defined at
raw/orders (external) | shop/assets.py:20

group sales  2 assets
orders ? | duckdb, python | crm/customers, raw/orders | daily 2024-01-01 | 1 | shop/assets.py:10
report | orders, ? | date: daily 2024-01-01 × r: static (2) | shop/assets.py:30

used, but not defined  1 asset
asset | used by
crm/customers | orders
"""

SUMS = """
3 assets (1 external, 2 materializable), 3 dependencies, 2 groups, 1 check, 3 jobs, 1 schedule, \
1 sensor
1 definition of a key that is defined already
1 asset that no code location loads

1 problem
  shop/assets.py:10:1: G201 A circle.

1 thing could not be known
  shop/assets.py:30:1: U002 The deps of report are not known.
"""


def test_everything_is_there():
    said = report(PIPELINE)
    cells = re.compile(r"(?<=\S) {2,}(?!\d+ assets?$)")
    lines = [cells.sub(" | ", line.strip()) for line in said.splitlines()]
    assert "\n".join(lines).startswith(TABLE.strip())
    assert said.endswith(SUMS)


def test_columns_stand_below_each_other():
    table = report(PIPELINE).partition("used, but")[0]
    places = [line.index("shop/assets.py:") for line in table.splitlines() if ".py:" in line]
    assert len(places) == 3
    assert set(places) == {table.splitlines()[1].index("defined at")}


def test_a_terminal_sets_the_width():
    for width in (60, 80, 100, 120):
        lines = report(PIPELINE, width=width).splitlines()
        table = lines[: lines.index("used, but not defined  1 asset")]
        assert max(map(text_width, table)) <= width, width
    assert "crm/customers, +1" in report(PIPELINE, width=110)


def test_keys_and_places_are_cut_last():
    text = report(PIPELINE, width=80)
    assert "raw/orders (external)" in text
    assert "assets.py:10" in text
    assert "…ts.py:10" in report(PIPELINE, width=60)


def test_locations_are_named_when_there_are_several():
    text = report(Pipeline((SHOP, SHOP)))
    assert text.count("Code location shop  shop/definitions.py") == 2
    assert "2 code locations" in text


def test_a_location_without_assets_says_so():
    text = report(Pipeline((SHOP, CodeLocation("empty", "empty", "empty.py"))))
    assert "Code location empty  empty.py\n  no assets\n" in text


def test_nothing_at_all():
    assert report(Pipeline(())) == "0 assets, 0 dependencies, 0 groups\n"


def test_looks_are_asked_for_by_name():
    looks = set()

    def style(text, look):
        looks.add(look)
        return text

    assert report(PIPELINE, style=style) == report(PIPELINE)
    assert looks == {"title", "heading", "faint", "error", "info"}


def test_cells_that_do_not_fit():
    names = Cell(("alpha", "beta", "gamma"))
    assert names.fitted(None) == names.fitted(18) == "alpha, beta, gamma"
    assert names.fitted(17) == "alpha, beta, +1"
    assert names.fitted(12) == "alpha, +2"
    assert names.fitted(4) == "alp…"
    assert Cell(("日本語",)).fitted(5) == "日本…"
    assert Cell().fitted(0) == ""


def test_empty_columns_are_left_out():
    rows = [(Cell(("a",)), Cell(), Cell(("b",)))]
    widths = columns_of(("x", "empty", "z"), rows, None)
    assert list(lines_of(rows, widths)) == ["a  b"]


def test_the_widest_column_gives_way():
    rows = [(Cell(("a" * 10,)), Cell(("b" * 50,)))]
    widths = columns_of(("x", "y"), rows, 40, firm={0: 99})
    assert widths == (10, 28)
    assert all(text_width(line) == 40 for line in lines_of(rows, widths))
