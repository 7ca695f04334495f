"""Objects that only occur in Jinja templates."""

from __future__ import annotations

from typing import ClassVar

from assetgen.analyzer.evaluate.values import NONE, Declared, Value
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
