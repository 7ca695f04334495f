"""Tables that are imported when a name in them is asked for hold what leads to them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from assetgen.analyzer.evaluate.call import Family, Intrinsics
from assetgen.analyzer.intrinsics.integrations.names import PACKAGES, integrations
from assetgen.analyzer.intrinsics.python.tables import PYTHON_LATER

LATER = {**PYTHON_LATER, **dict.fromkeys(PACKAGES, integrations)}


@pytest.mark.parametrize("make", sorted(set(LATER.values()), key=lambda make: make.__name__))
def test_the_packages_of_a_table_are_those_that_lead_to_it(make) -> None:
    family = make()
    named = {name.partition(".")[0] for name in (*family.calls, *family.values)}
    assert named == {package for package, one in LATER.items() if one is make}
    assert family.properties <= family.calls.keys()


def test_a_table_comes_with_the_first_name_that_is_asked_for() -> None:
    made = []

    def make() -> Family:
        made.append("later")
        return Family({"rare.call": print}, {"rare.VALUE": None}, frozenset({"rare.call"}))

    known = Intrinsics(Family({"usual.call": print}), str, {"rare": make, "raw": make})
    assert known.row("usual.call") is print
    assert known.row("usual.other") is None
    assert not made
    assert known.row("rare.call") is print
    assert known.is_property("rare.call")
    assert known.row("raw.call") is None
    assert made == ["later"]
    assert known.packages == {"usual", "rare", "raw"}


def test_most_projects_import_none_of_them() -> None:
    code = (
        "import sys, assetgen.analyzer.analysis;"
        "print([name for name in sys.modules if 'tabular' in name or '.dbt' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (
        done.stdout.strip() == "['assetgen.analyzer.intrinsics.integrations.dbt', "
        "'assetgen.analyzer.intrinsics.integrations.dbt.manifest_files']"
    )
