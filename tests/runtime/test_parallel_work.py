"""Runs with several jobs: what happens is the same, some of it at the same time."""

import json
from pathlib import Path
from random import Random
from threading import Barrier, Event, Lock, current_thread
from time import sleep
from typing import Any

import pytest
from runtime_oracle import CASES, by_dagster, by_runtime

from assetgen.runtime.execution.execution import run_pipeline
from assetgen.runtime.execution.retries import RetryPolicy
from assetgen.runtime.model.declarations import After, AssetOutput, FromAsset, Pipeline, Step
from assetgen.runtime.model.events import StepFailed, StepStarted, StepSucceeded
from assetgen.runtime.runs import run_result
from assetgen.runtime.runs.event_log import EventLog
from assetgen.runtime.runs.run_result import execute
from assetgen.runtime.storage.storage import MemoryStorage

TOLD = ("dynamic_outputs", "graphs", "multi_assets", "order_and_failures")


@pytest.mark.parametrize("case", [each for each in CASES if each.stem in TOLD], ids=TOLD)
def test_several_jobs_do_what_dagster_does(case: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(
        run_result, "run_pipeline", lambda *words, **given: run_pipeline(*words, jobs=4, **given)
    )
    found, expected = by_runtime(case, tmp_path / "runtime"), by_dagster(case, tmp_path / "dagster")
    for facts in (*found["runs"], *expected["runs"]):
        if facts != "refused":
            for part in facts.values():
                if isinstance(part, list):
                    part.sort(key=repr)
    for side in (found, expected):
        side["seen"] = sorted(side["seen"] or [], key=repr)

    assert found == expected


def test_independent_steps_run_at_the_same_time() -> None:
    meeting = Barrier(3, timeout=20)
    steps = [Step(name, lambda: meeting.wait() >= 0) for name in ("a", "b", "c")]

    assert execute(Pipeline("meeting", tuple(steps)), MemoryStorage(), jobs=3).success


def test_a_step_waits_for_what_it_reads_and_events_come_one_by_one(tmp_path: Path) -> None:
    steps = [Step("s0", lambda: 0)]
    for number in range(1, 200):
        above = (number - 1) // 3
        inputs = (FromAsset("above", f"s{above}"),)
        steps.append(Step(f"s{number}", lambda above: above + 1, inputs=inputs))
    lines = (tmp_path / "events.jsonl").open("w", buffering=1)
    result = execute(
        Pipeline("tree", tuple(steps)), MemoryStorage(), jobs=8, observer=EventLog(lines.write)
    )
    lines.close()
    told = [json.loads(line) for line in (tmp_path / "events.jsonl").read_text().splitlines()]
    ended: set[str] = set()
    for event in result.events:
        if isinstance(event, StepSucceeded):
            ended.add(event.step)
        elif isinstance(event, StepStarted) and event.step != "s0":
            assert f"s{(int(event.step[1:]) - 1) // 3}" in ended

    assert result.success
    assert len(told) == len(result.events) == 600


def test_a_failure_stops_what_depends_on_it_and_nothing_else() -> None:
    def fails() -> int:
        raise ValueError("no")

    steps = (
        Step("a", fails),
        Step("b", lambda a: a, inputs=(FromAsset("a"),)),
        Step("c", lambda: 1),
        Step("d", lambda: 2, inputs=(After("c"),)),
    )
    result = execute(Pipeline("broken", steps), MemoryStorage(), jobs=4)

    assert result.outcomes == {"a": "failed", "b": "not run", "c": "succeeded", "d": "succeeded"}


def test_a_step_is_tried_again_while_others_run() -> None:
    tries: list[int] = []

    def flaky() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise ValueError("not yet")
        return len(tries)

    steps = (
        Step("flaky", flaky, retry_policy=RetryPolicy(max_retries=3, delay=0.05)),
        Step("other", lambda: 1),
    )
    result = execute(Pipeline("flaky", steps), MemoryStorage(), jobs=2)

    assert result.success
    assert result.asset_value("flaky") == 3


def test_an_interrupt_ends_the_run_after_what_is_running() -> None:
    done: list[str] = []
    meeting = Barrier(2, timeout=20)

    def interrupted() -> int:
        meeting.wait()
        raise KeyboardInterrupt

    def slow() -> int:
        meeting.wait()
        done.append(current_thread().name)
        return 1

    steps = (
        Step("a", interrupted),
        Step("b", slow),
        Step("c", lambda: done.append("c"), inputs=(After("b"), After("a"))),
    )
    with pytest.raises(KeyboardInterrupt):
        execute(Pipeline("broken_off", steps), MemoryStorage(), jobs=2)
    assert len(done) == 1


def test_coroutines_run_in_every_thread() -> None:
    async def value() -> int:
        import asyncio

        await asyncio.sleep(0)
        return 1

    steps = tuple(Step(f"s{n}", value, outputs=(AssetOutput(f"s{n}"),)) for n in range(20))
    assert execute(Pipeline("asynchronous", steps), MemoryStorage(), jobs=4).success


@pytest.mark.parametrize("seed", range(40))
def test_any_graph_ends_as_it_does_one_by_one(seed: int) -> None:
    jobs = 2 + seed % 7
    alone = execute(random_pipeline(seed, Crowd()), MemoryStorage())
    crowd = Crowd()
    together = execute(random_pipeline(seed, crowd), MemoryStorage(), jobs=jobs)

    assert together.outcomes == alone.outcomes
    assert sorted(map(told, together.events)) == sorted(map(told, alone.events))
    assert {name: together.asset_value(name) for name in together.steps("succeeded")} == {
        name: alone.asset_value(name) for name in alone.steps("succeeded")
    }
    assert crowd.most <= jobs
    ended: set[str] = set()
    for event in together.events:
        if isinstance(event, StepStarted):
            assert together.plan.waits[event.step] <= ended
        elif isinstance(event, (StepSucceeded, StepFailed)):
            ended.add(event.step)


def told(event: Any) -> tuple[str, ...]:
    """What an event says, but for what differs from run to run."""
    more = getattr(event, "retry_number", None), getattr(event, "because", None)
    return type(event).__name__, event.step, str(more)


class Crowd:
    """Counts the steps that run at the same time."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.now = self.most = 0

    def __enter__(self) -> None:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.now -= 1


def random_pipeline(seed: int, crowd: Crowd) -> Pipeline:
    """Steps of which some take a while, some fail and some succeed when they are tried again."""
    chance = Random(seed)
    steps: list[Step] = []
    for number in range(chance.randint(1, 60)):
        above = chance.sample(range(number), min(number, chance.choice((0, 1, 1, 2, 3))))
        seconds = chance.choice((0, 0, 0, 0, 0.0007, 0.003))
        failing = chance.choice((0, 0, 0, 0, 0, 0, 0, 1, 2, 9))
        tries: list[None] = []

        def work(
            *,
            number: int = number,
            seconds: float = seconds,
            failing: int = failing,
            tries: list[None] = tries,
            **above: int,
        ) -> int:
            with crowd:
                sleep(seconds)
                tries.append(None)
                if len(tries) <= failing:
                    raise ValueError(number)
                return number + sum(above.values())

        policy = RetryPolicy(max_retries=2, delay=chance.choice((0, 0.002)))
        steps.append(
            Step(
                f"s{number}",
                work,
                inputs=tuple(FromAsset(f"s{each}") for each in above),
                retry_policy=policy if chance.random() < 0.7 else None,
                priority=chance.choice((0, 0, 1)),
            )
        )
    return Pipeline("random", tuple(steps))


def test_short_steps_do_not_wait_for_a_long_one() -> None:
    short = [Step(f"s{number:03}", lambda: 1) for number in range(300)]
    meeting = Event()
    last = Step("t", lambda s299: meeting.set(), inputs=(FromAsset("s299"),))
    long = Step("a", lambda: meeting.wait(20))

    result = execute(Pipeline("long", (long, *short, last)), MemoryStorage(), jobs=2)
    assert result.asset_value("a") is True


def test_steps_that_wait_run_beside_each_other() -> None:
    crowd = Crowd()

    def waits() -> None:
        with crowd:
            sleep(0.01)

    execute(
        Pipeline("waiting", tuple(Step(f"s{n}", waits) for n in range(60))), MemoryStorage(), jobs=6
    )
    assert crowd.most == 6


def test_the_first_failure_can_end_a_run_with_several_jobs() -> None:
    done: list[int] = []

    def fails() -> None:
        raise ValueError("no")

    steps = (
        Step("a", fails),
        *(Step(f"b{n}", lambda: sleep(0.002) or done.append(1)) for n in range(200)),
    )
    with pytest.raises(ValueError, match="no"):
        execute(Pipeline("broken", steps), MemoryStorage(), jobs=3, raise_on_error=True)
    assert len(done) < 10
