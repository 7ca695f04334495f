"""Steps that run at the same time, each in a thread.

Their order is kept as far as they depend on one another: a step starts when all that it waits for
has ended. What happens is told one event after the other.

Short steps follow each other in one thread, since to pass one on takes longer than to run it. A
step that takes longer has others run beside it.
"""

from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import perf_counter
from typing import Any

from assetgen.runtime.execution.units import Unit

SHORT = 0.0007
"""Seconds; what takes less is not worth another thread."""


def work_in_threads(run: Any, jobs: int, raise_on_error: bool) -> None:
    """Run unit after unit, up to `jobs` at once, until none is left.

    What ends the run early, an interrupt or with `raise_on_error` a failure, is raised when all
    that is running has ended.
    """
    crew = Crew(run, jobs, raise_on_error)
    run.report = crew.report
    try:
        crew.lead()
    finally:
        crew.send_home()


class Crew:
    """Workers, each in a thread, and one who calls them as they are needed.

    `begun` has, for each worker that is at work, when it began what it does.
    """

    def __init__(self, run: Any, jobs: int, raise_on_error: bool) -> None:
        """Nobody works yet."""
        self.run = run
        self.jobs = jobs
        self.raise_on_error = raise_on_error
        self.observer = run.report
        self.telling = Lock()
        self.lock = Lock()
        self.begun: dict[int, float] = {}
        self.threads: list[Thread] = []
        self.calls: SimpleQueue[int | None] = SimpleQueue()
        self.news: SimpleQueue[None] = SimpleQueue()
        self.looks_soon = False
        self.pause: float | None = None
        self.is_over = False
        self.error: BaseException | None = None

    def lead(self) -> None:
        """Call workers while there is something to do, until all units have ended."""
        while self.look():
            with suppress(Empty):
                self.news.get(timeout=self.pause)

    def look(self) -> bool:
        """Call one more worker if that helps; whether there is anything left to wait for."""
        with self.lock:
            if self.error is not None:
                raise self.error
            pause = self.run.schedule.pause()
            waits = bool(self.run.schedule.ready) or pause == 0
            self.looks_soon = waits and len(self.begun) < self.jobs
            if self.looks_soon and not self.has_short():
                self.call()
            self.pause = SHORT if self.looks_soon else pause or None
            return waits or pause is not None or bool(self.begun)

    def has_short(self) -> bool:
        """Whether a worker has just begun something, and may well take what is ready soon."""
        return bool(self.begun) and perf_counter() - max(self.begun.values()) < SHORT

    def call(self) -> None:
        """Let one more worker begin."""
        place = next(number for number in range(self.jobs) if number not in self.begun)
        if len(self.threads) == len(self.begun):
            thread = Thread(target=self.work, daemon=True)
            thread.start()
            self.threads.append(thread)
        self.begun[place] = perf_counter()
        self.calls.put(place)

    def work(self) -> None:
        """Follow calls until there are no more."""
        while (place := self.calls.get()) is not None:
            unit = self.next(place, None, None)
            while unit is not None:
                outcome: Any
                try:
                    outcome = self.run.try_unit(unit, self.raise_on_error)
                except BaseException as error:
                    outcome = error
                unit = self.next(place, unit, outcome)

    def next(self, place: int, unit: Unit | None, outcome: Any) -> Unit | None:
        """Conclude a unit, and take another; None if the worker has to wait for a call."""
        with self.lock:
            began, now = self.begun.pop(place), perf_counter()
            following = None
            try:
                if isinstance(outcome, BaseException):
                    raise outcome
                if unit is not None and not self.is_over:
                    self.run.conclude(unit, outcome)
                is_spare = unit is not None and now - began < SHORT and self.has_short()
                if not self.is_over and not is_spare:
                    following = self.run.schedule.take()
            except BaseException as error:
                self.is_over, self.error = True, self.error or error
            if following is not None:
                self.begun[place] = now
            self.tell_news(outcome)
            return following

    def tell_news(self, outcome: Any) -> None:
        """Have the leader look, if there is a reason that it does not know of."""
        if self.looks_soon and self.begun and self.error is None:
            return
        more = bool(self.run.schedule.ready) and len(self.begun) < self.jobs
        is_retried = outcome is not None and not isinstance(outcome, str)
        if more or not self.begun or is_retried or self.error is not None:
            self.looks_soon = True
            self.news.put(None)

    def send_home(self) -> None:
        """Let each worker end after the unit that it is at."""
        with self.lock:
            self.is_over = True
        for _ in self.threads:
            self.calls.put(None)
        for thread in self.threads:
            thread.join()

    def report(self, event: Any) -> None:
        """Tell the observer of an event when it is one's turn."""
        with self.telling:
            self.observer(event)
