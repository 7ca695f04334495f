"""Tables that are imported when a name in them is asked for are found by all of their names."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest

import assetgen.analyzer.intrinsics
from assetgen.analyzer.evaluate.call import Family, Intrinsics
from assetgen.analyzer.intrinsics.components.tables import COMPONENTS_LATER
from assetgen.analyzer.intrinsics.dagster.tables import DAGSTER, DAGSTER_LATER
from assetgen.analyzer.intrinsics.integrations.names import INTEGRATIONS, INTEGRATIONS_LATER
from assetgen.analyzer.intrinsics.libraries import LIBRARIES_LATER
from assetgen.analyzer.intrinsics.python.tables import PYTHON, PYTHON_LATER

LATER = {
    "components": COMPONENTS_LATER,
    "dagster": DAGSTER_LATER,
    "integrations": INTEGRATIONS_LATER,
    "libraries": LIBRARIES_LATER,
    "python": PYTHON_LATER,
}


def _leads_to(name: str) -> set[str]:
    package, *rest = name.split(".")
    return {package, ".".join([package, *rest[:1]])}


@pytest.mark.parametrize("kind", LATER)
def test_names_lead_to_where_something_is_known_of_them(kind: str) -> None:
    for name, make in LATER[kind].items():
        family = make()
        known = (*family.calls, *family.values)
        assert any(name in _leads_to(each) for each in known), name
        assert family.properties <= family.calls.keys()


def test_whatever_is_known_of_a_name_comes_with_it() -> None:
    rows: dict[str, set[str]] = {}
    for table in _tables():
        for row in table:
            rows.setdefault(max(_leads_to(row), key=len), set()).add(row)
    for name, those in sorted(rows.items()):
        fresh = Intrinsics((PYTHON, DAGSTER, INTEGRATIONS), str, _pairs())
        fresh.row(name)
        for row in those:
            assert fresh.row(row) or fresh.value(row), row


def _pairs() -> list[tuple[str, Callable[[], Family]]]:
    return [pair for later in LATER.values() for pair in later.items()]


def _tables() -> Iterator[Mapping[str, object]]:
    folder = Path(assetgen.analyzer.intrinsics.__path__[0])
    for path in folder.rglob("*.py"):
        if path.parent.name == "libraries" or not _TABLE.search(path.read_text()):
            continue
        place = ".".join(path.relative_to(folder).with_suffix("").parts)
        module = import_module(f"assetgen.analyzer.intrinsics.{place}")
        yield from (getattr(module, name, {}) for name in ("TABLE", "VALUES"))


_TABLE = re.compile(r"^TABLE\b.*\bIntrinsic\b", re.MULTILINE)


def test_each_name_is_known_in_one_place() -> None:
    seen = {
        (module, row)
        for _, make in _pairs()
        if isinstance(make, partial)
        for module in make.args[0]
        for row in import_module(module).TABLE
    }
    count = Counter(row for _, row in seen)
    count.update({row: 1 for family in (PYTHON, DAGSTER, INTEGRATIONS) for row in family.calls})
    # What dbt's manifests are read by goes before what reads any JSON.
    assert {row for row, number in count.items() if number > 1} == {"json.load", "json.loads"}


def test_a_table_comes_with_the_first_name_that_is_asked_for() -> None:
    made = []

    def rare() -> Family:
        made.append("rare")
        return Family({"rare.call": print}, {"rare.VALUE": None}, frozenset({"rare.call"}))

    def name() -> Family:
        made.append("name")
        return Family({"usual.Name.method": print})

    later = (("rare", rare), ("raw", rare), ("usual.Name", name), ("rare", name))
    known = Intrinsics((Family({"usual.call": print}),), str, later)
    assert known.row("usual.call") is print
    assert known.row("usual.other") is None
    assert known.members("usual") == {"call", "Name"}
    assert not made
    assert known.row("rare.call") is print
    assert made == ["rare", "name"]
    assert known.is_property("rare.call")
    assert known.row("raw.call") is None
    assert known.describes("usual.Name")
    assert known.packages == {"usual", "rare", "raw"}


def test_most_tables_are_not_imported_before() -> None:
    code = (
        "import sys, assetgen.analyzer.analysis;"
        "print([name for name in sys.modules if any(map(name.__contains__, sys.argv[1:]))])"
    )
    rare = ("tabular", "manifests", "pydantic_models", "jinja", "component_files", "inspection.")
    done = subprocess.run([sys.executable, "-c", code, *rare], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
