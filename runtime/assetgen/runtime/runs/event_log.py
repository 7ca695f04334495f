"""The events of a run as lines of JSON, for other programs to read."""

import json
import os
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from assetgen.runtime.model.asset_keys import AssetKey, key_parts
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
from assetgen.runtime.storage.storage import WRITE_NEW, WholeWriter


class EventLog:
    """An observer of a run that writes each event as one line, a JSON object.

    Its member ``event`` says which kind of event it is, its other members are those of the event.
    Lines wait for others that are not far, which costs less than to write them one by one.
    """

    def __init__(self, write: Callable[[str], object]) -> None:
        """`write` takes one or more lines with their ends."""
        self.write = write
        self.held = ""
        self.tags: Mapping[str, str] = {}
        self.tags_text = ""

    def __call__(self, event: Any) -> None:
        """Write an event."""
        # The three that every step has cost most if they are written like all others.
        kind = type(event)
        waits = False
        if kind is StepStarted:
            line = (
                f'{{"event": "step_started", "step": {QUOTED(event.step)}, '
                f'"retry_number": {event.retry_number}}}\n'
            )
        elif kind is StepSucceeded:
            line = (
                f'{{"event": "step_succeeded", "step": {QUOTED(event.step)}, '
                f'"seconds": {event.seconds:.6f}}}\n'
            )
            waits = event.is_followed
        elif kind is Materialized:
            line = self.materialized(event) or self.other(event)
            waits = event.is_all_of_its_step and not self.held
        else:
            line = self.other(event)
        if waits:
            self.held += line
            return
        if self.held:
            line, self.held = self.held + line, ""
        self.write(line)

    def flush(self) -> None:
        """Write what waits for more."""
        if self.held:
            held, self.held = self.held, ""
            self.write(held)

    def materialized(self, event: Materialized) -> str:
        """The line of an asset that was made; empty if its metadata are more than texts and
        numbers."""
        facts = []
        for name, fact in event.metadata.items():
            value = fact.value
            if type(value) is str:
                facts.append(f"{QUOTED(name)}: {QUOTED(value)}")
            elif type(value) is int:
                facts.append(f"{QUOTED(name)}: {value}")
            else:
                return ""
        try:
            if event.tags is not self.tags:
                # Most assets of a run have the same.
                items = [f"{QUOTED(name)}: {QUOTED(text)}" for name, text in event.tags.items()]
                self.tags, self.tags_text = event.tags, ", ".join(items)
            key = ", ".join(map(QUOTED, event.key))
            partition = "null" if event.partition is None else QUOTED(str(event.partition))
        except TypeError:
            return ""
        return (
            f'{{"event": "materialized", "step": {QUOTED(event.step)}, "key": [{key}], '
            f'"partition": {partition}, "metadata": {{{", ".join(facts)}}}, '
            f'"tags": {{{self.tags_text}}}}}\n'
        )

    def other(self, event: Any) -> str:
        """The line of an event."""
        name, fields = EVENTS[type(event)]
        members = {field: getattr(event, field) for field in fields}
        try:
            return ENCODED({"event": name, **members}) + "\n"
        except (TypeError, ValueError):  # keys that JSON has none of
            return ENCODED({"event": name, **plain(members)}) + "\n"


class EventFile:
    """A file to which each text is written whole and at once."""

    __slots__ = ("descriptor",)

    def __init__(self, path: str) -> None:
        """What the file holds is replaced; OSError if it cannot be made."""
        self.descriptor = os.open(path, WRITE_NEW, 0o666)

    def write(self, text: str) -> None:
        """Add to the file."""
        data = text.encode()
        written = os.write(self.descriptor, data)
        if written < len(data):
            WholeWriter(self.descriptor).write(data[written:])

    def close(self) -> None:
        """Let go of the file."""
        os.close(self.descriptor)


def plain(value: Any) -> Any:
    """A value as JSON can say it; what it cannot say becomes text."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, MetadataFact):
        return plain(value.value)
    if isinstance(value, AssetKey):
        return list(key_parts(value))
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, BaseException):
        return {"type": type(value).__name__, "message": str(value)}
    if isinstance(value, Enum):
        return value.value
    fields = getattr(value, "__dataclass_fields__", None)
    return {name: plain(getattr(value, name)) for name in fields} if fields else str(value)


QUOTED = json.encoder.encode_basestring_ascii
ENCODED = json.JSONEncoder(default=plain).encode
EVENTS: dict[type, tuple[str, tuple[str, ...]]] = {
    StepStarted: ("step_started", ("step", "retry_number")),
    StepSucceeded: ("step_succeeded", ("step", "seconds")),
    StepFailed: ("step_failed", ("step", "error", "seconds")),
    StepUpForRetry: ("step_up_for_retry", ("step", "error", "seconds_to_wait")),
    StepSkipped: ("step_skipped", ("step", "missing")),
    StepNotRun: ("step_not_run", ("step", "because")),
    Materialized: ("materialized", ("step", "key", "partition", "metadata", "tags")),
    Observed: ("observed", ("step", "key", "partition", "metadata", "tags")),
    CheckEvaluated: ("check_evaluated", ("step", "evaluation")),
}
