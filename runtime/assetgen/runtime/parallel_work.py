"""Steps that run at the same time, each in a thread.

Their order is kept as far as they depend on one another: a step starts when all that it waits for
has ended. What happens is told one event after the other.
"""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any

from assetgen.runtime.units import Unit


def work_in_threads(run: Any, jobs: int, raise_on_error: bool) -> None:
    """Run unit after unit, up to `jobs` at once, until none is left.

    What ends the run early, an interrupt or with `raise_on_error` a failure, is raised when all
    that is running has ended.
    """
    crew = Crew(run, raise_on_error)
    run.report = one_at_a_time(run.report)
    threads = [Thread(target=crew.work, daemon=True) for _ in range(jobs)]
    for thread in threads:
        thread.start()
    try:
        crew.lead()
    finally:
        crew.send_home(jobs)
        for thread in threads:
            thread.join()


class Crew:
    """Threads that wait for units, and one that hands them out."""

    def __init__(self, run: Any, raise_on_error: bool) -> None:
        """Nothing is handed out yet."""
        self.run = run
        self.raise_on_error = raise_on_error
        self.turns: SimpleQueue[Unit | None] = SimpleQueue()
        self.tried: SimpleQueue[tuple[Unit, Any]] = SimpleQueue()

    def work(self) -> None:
        """Try units until there are no more."""
        while (unit := self.turns.get()) is not None:
            try:
                outcome = self.run.try_unit(unit, self.raise_on_error)
            except BaseException as error:
                outcome = error
            self.tried.put((unit, outcome))

    def lead(self) -> None:
        """Hand out what is ready, and conclude what has been tried, until all have ended."""
        schedule = self.run.schedule
        running = 0
        while True:
            while (unit := schedule.take()) is not None:
                self.turns.put(unit)
                running += 1
            pause = schedule.pause()
            if not running and pause is None:
                return
            try:
                unit, outcome = self.tried.get(timeout=pause)
            except Empty:
                continue
            running -= 1
            if isinstance(outcome, BaseException):
                raise outcome
            self.run.conclude(unit, outcome)

    def send_home(self, jobs: int) -> None:
        """Let each thread end after the unit that it is at."""
        while True:
            try:
                self.turns.get_nowait()
            except Empty:
                break
        for _ in range(jobs):
            self.turns.put(None)


def one_at_a_time(report: Callable[[Any], None]) -> Callable[[Any], None]:
    """The same function, for several threads."""
    lock = Lock()

    def locked(event: Any) -> None:
        """Wait for one's turn."""
        with lock:
            report(event)

    return locked
