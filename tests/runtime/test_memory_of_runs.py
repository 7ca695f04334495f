"""Values live as long as a step needs them."""

from __future__ import annotations

from pathlib import Path
from weakref import WeakSet

import pytest

from assetgen.runtime.model.declarations import FromAsset, Pipeline, Step
from assetgen.runtime.runs.run_result import execute
from assetgen.runtime.storage.storage import FileStorage

ALIVE: WeakSet[Value] = WeakSet()


class Value:
    """Counted while it is alive, also if it comes from a file."""

    def __init__(self, number: int) -> None:
        self.__setstate__({"number": number})

    def __setstate__(self, state: dict[str, int]) -> None:
        self.__dict__.update(state)
        ALIVE.add(self)


@pytest.mark.parametrize("jobs", [1, 3])
def test_no_more_values_are_alive_than_steps_are_at_work(tmp_path: Path, jobs: int) -> None:
    seen: list[int] = []

    def first() -> Value:
        return Value(0)

    def later(before: Value) -> Value:
        seen.append(len(ALIVE))
        return Value(before.number + 1)

    steps = [Step("a0", first)]
    for n in range(1, 30):
        steps.append(Step(f"a{n}", later, inputs=(FromAsset("before", f"a{n - 1}"),)))
    result = execute(Pipeline("chain", tuple(steps)), FileStorage(tmp_path), jobs=jobs)
    assert result.success
    # One that was read; with threads, the last that another one made may not be gone yet.
    assert max(seen) <= jobs
    assert result.asset_value("a29").number == 29
