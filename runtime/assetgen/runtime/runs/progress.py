"""A run as lines of text, written while it happens."""

import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any

from assetgen.runtime.model.declarations import Step
from assetgen.runtime.model.events import (
    CheckEvaluated,
    Materialized,
    Observed,
    StepFailed,
    StepNotRun,
    StepSkipped,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)
from assetgen.runtime.model.metadata_values import MetadataFact


class Progress:
    """An observer of a run that writes what happens."""

    def __init__(self, write: Callable[[str], object], steps: Mapping[str, Step]) -> None:
        """`write` takes lines with their ends, `steps` are the pipeline's, by name."""
        self.write_out = write
        self.held: list[str] = []
        self.write = self.held.append
        self.steps = steps
        self.ended: Counter[str] = Counter()
        self.broken: set[str] = set()

    def __call__(self, event: Any) -> None:
        """Write what an event says."""
        LINES[type(event)](self, event)
        if type(event) is Materialized and event.is_all_of_its_step:
            return  # The next event is not far.
        self.flush()

    def flush(self) -> None:
        """Write what is held."""
        self.write_out("".join(self.held))
        self.held.clear()

    def line(self, word: str, step: str, rest: str = "") -> None:
        """Write one line about a step."""
        self.write(f"{word:<8} {step}{'  ' if rest else ''}{rest}\n")

    def started(self, event: StepStarted) -> None:
        """A step begins, for the first time or again."""
        self.line("start", event.step, f"retry {event.retry_number}" if event.retry_number else "")

    def succeeded(self, event: StepSucceeded) -> None:
        """A step is done."""
        self.ended["succeeded"] += 1
        self.line("ok", event.step, f"{event.seconds:.3f} s")

    def failed(self, event: StepFailed) -> None:
        """A step has failed, with the traceback of the user's code."""
        self.ended["failed"] += 1
        self.broken.add(event.step)
        self.line("FAILED", event.step, f"{event.seconds:.3f} s")
        step = self.steps.get(event.step.partition("[")[0])
        for text in error_lines(event.error, step):
            self.write(f"         {text}\n")

    def up_for_retry(self, event: StepUpForRetry) -> None:
        """A step has failed and will run again."""
        reason = traceback.format_exception_only(type(event.error), event.error)[-1].strip()
        self.line("retry", event.step, f"in {event.seconds_to_wait:g} s, after {reason}")

    def skipped(self, event: StepSkipped) -> None:
        """A step will not run for want of optional outputs."""
        self.ended["skipped"] += 1
        self.line("skipped", event.step, f"since {', '.join(event.missing)} was not made")

    def not_run(self, event: StepNotRun) -> None:
        """A step will not run after a failure."""
        self.ended["not run"] += 1
        reasons = (
            f"{step} {'failed' if step in self.broken else 'was not run'}" for step in event.because
        )
        self.line("not run", event.step, f"because {' and '.join(reasons)}")

    def materialized(self, event: Materialized) -> None:
        """An asset was made; its metadata as a table."""
        name = "/".join(event.key) + (f" [{event.partition}]" if event.partition else "")
        self.line("made", name)
        self.table(event.metadata)

    def observed(self, event: Observed) -> None:
        """An asset was looked at; its metadata as a table."""
        self.line("observed", "/".join(event.key))
        self.table(event.metadata)

    def checked(self, event: CheckEvaluated) -> None:
        """A check has reached its verdict."""
        verdict = event.evaluation
        name = f"{verdict.asset_key.to_user_string()}:{verdict.check_name}"
        self.line(
            "check", name, "passed" if verdict.passed else f"failed ({verdict.severity.name})"
        )
        self.table(verdict.metadata)

    def table(self, metadata: Mapping[str, MetadataFact]) -> None:
        """Names on the left, values on the right."""
        width = max(map(len, metadata), default=0)
        for name, value in metadata.items():
            first, *rest = shown_lines(value.value)
            self.write(f"           {name:<{width}}  {first}\n")
            for text in rest:
                self.write(f"           {'':<{width}}  {text}\n")

    def summary(self) -> None:
        """How many steps ended how."""
        total = sum(self.ended.values())
        parts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(self.ended.items()))
        self.write(f"\n{total} step{'' if total == 1 else 's'}: {parts or 'nothing to do'}\n")
        self.flush()


def shown_lines(value: Any) -> list[str]:
    """A value as at least one line of text; what is long is cut."""
    lines = str(value).splitlines() or [""]
    shown = [line if len(line) <= LINE else line[: LINE - 3] + "..." for line in lines[:HEIGHT]]
    left = len(lines) - len(shown)
    return [*shown, f"... and {left} more lines"] if left else shown


def error_lines(error: BaseException, step: Step | None) -> list[str]:
    """An error as Python shows it, without the runtime's own frames.

    What the user's code did not raise itself is shown without any frames.
    """
    frames = user_frames(error.__traceback__, getattr(step and step.function, "__code__", None))
    text = traceback.format_exception(type(error), error, frames)
    return "".join(text).rstrip().splitlines()


def user_frames(trace: TracebackType | None, code: Any) -> TracebackType | None:
    """The traceback from the call of the step's function on, None if it is not in there."""
    while trace is not None and trace.tb_frame.f_code is not code:
        trace = trace.tb_next
    return trace


LINE, HEIGHT = 160, 12
LINES: dict[type, Callable[[Progress, Any], None]] = {
    StepStarted: Progress.started,
    StepSucceeded: Progress.succeeded,
    StepFailed: Progress.failed,
    StepUpForRetry: Progress.up_for_retry,
    StepSkipped: Progress.skipped,
    StepNotRun: Progress.not_run,
    Materialized: Progress.materialized,
    Observed: Progress.observed,
    CheckEvaluated: Progress.checked,
}
