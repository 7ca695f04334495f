"""Of what the clock shows, what is given is known, and nothing else."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from intrinsics_python.evaluation import evaluated, plain_value

from assetgen.analyzer.evaluate.values import Unknown

YEAR = (2025,)
DAY = (2025, 3, 4)
SECOND = (2025, 3, 4, 10, 5, 0)
IMPORTS = "import datetime as dt\nimport time\n"


@pytest.mark.parametrize(
    ("now", "expression", "expected"),
    [
        ((), "dt.datetime.now().year", None),
        (YEAR, "dt.datetime.now()", None),
        (YEAR, "dt.datetime.now().year + 1", 2026),
        (YEAR, "dt.datetime.utcnow().year", 2025),
        (YEAR, "dt.datetime.now(dt.timezone.utc).year", 2025),
        (YEAR, "dt.datetime.now().astimezone().year", 2025),
        (YEAR, "dt.datetime.today().date().year", 2025),
        (YEAR, "dt.date.today().strftime('y%Y %%d')", "y2025 %d"),
        (YEAR, "dt.date.today().strftime('%Y-%m')", None),
        (YEAR, "f'{dt.date.today():%Y}'", "2025"),
        (YEAR, "'{:%Y-%m}'.format(dt.date.today())", None),
        (YEAR, "dt.date.today().month", None),
        (YEAR, "dt.date.today().replace(month=1, day=1)", date(2025, 1, 1)),
        (YEAR, "dt.date.today().replace(month=1)", None),
        (YEAR, "dt.date.today().replace(month=13, day=1)", None),
        (YEAR, "dt.datetime.now().replace(month=1, day=1)", None),
        (YEAR, "dt.datetime.now().replace(2024, 1, 1, 0, 0, 0, 0)", datetime(2024, 1, 1)),
        (YEAR, "dt.datetime.now(dt.timezone.utc).replace(2024, 1, 1, 0, 0, 0, 0)", None),
        (YEAR, "(dt.datetime.now() - dt.timedelta(days=1)).year", None),
        (YEAR, "dt.datetime(dt.datetime.now().year, 1, 1)", datetime(2025, 1, 1)),
        (YEAR, "time.localtime().tm_year", 2025),
        (YEAR, "time.gmtime().tm_mon", None),
        (YEAR, "time.strftime('%Y')", "2025"),
        (YEAR, "time.strftime('%Y', time.localtime(0))", None),
        (YEAR, "time.time()", None),
        (DAY, "dt.date.today() - dt.timedelta(days=4)", date(2025, 2, 28)),
        (DAY, "dt.datetime.now().day", 4),
        (DAY, "dt.datetime.now().hour", None),
        (DAY, "dt.datetime.now().date().isoformat()", "2025-03-04"),
        (DAY, "dt.datetime.now().strftime('%Y%m%d')", "20250304"),
        (DAY, "dt.datetime.now().strftime('%H')", None),
        (SECOND, "dt.datetime.now()", datetime(2025, 3, 4, 10, 5)),
        (SECOND, "dt.datetime.now(dt.timezone.utc).hour", 10),
    ],
)
def test_what_is_given_is_known(
    tmp_path: Path, now: tuple[int, ...], expression: str, expected: object
) -> None:
    path = tmp_path / "module_under_test.py"
    path.write_text(f"{IMPORTS}x = {expression}\n")
    _, names = evaluated(path, now=now)
    value = names["x"]
    if expected is None:
        assert isinstance(value, Unknown)
        assert (value.root().reason, value.root().message) == ("time", "the clock")
    else:
        assert plain_value(value) == expected
