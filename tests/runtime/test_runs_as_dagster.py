"""Each case in `cases/` is run by Dagster and by the runtime, and both do the same."""

from pathlib import Path

import pytest
from runtime_oracle import CASES, by_dagster, by_runtime


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_runs_as_dagster_does(case: Path, tmp_path: Path) -> None:
    expected = by_dagster(case, tmp_path / "dagster")
    assert by_runtime(case, tmp_path / "runtime") == expected
    assert expected["runs"], "a case must run"
