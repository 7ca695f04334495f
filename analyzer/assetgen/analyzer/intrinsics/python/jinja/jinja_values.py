"""Objects that only occur in Jinja templates."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import NONE, Declared, Mapping, Value
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(slots=True, eq=False)
class Undefined(Declared):
    """A name that is not defined in a template: it renders as nothing, and is false."""

    type_name: ClassVar[str] = "jinja2.Undefined"

    name: str = ""


class Lost(Exception):
    """A text is not known, because of `value`."""

    def __init__(self, message: str, value: Value = NONE) -> None:
        super().__init__(message)
        self.message = message
        self.value = value


class Reader(Protocol):
    """What gives the values of Jinja's expressions in the course of a call."""

    @property
    def call(self) -> Call: ...

    def value(self, node: Any) -> Value: ...


def dictionary(reader: Reader, node: Any) -> Value:
    """A dictionary display."""
    made = Mapping()
    for pair in node.items:
        key = reader.value(pair.key)
        made.entries[reader.call.machine.hash_key(key)] = (key, reader.value(pair.value))
    return made
