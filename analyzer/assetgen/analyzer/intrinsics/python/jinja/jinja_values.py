"""What a template of Jinja may meet that is no value of the program."""

from __future__ import annotations

from typing import ClassVar

from assetgen.analyzer.evaluate.values import NONE, Declared, Value
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(slots=True, eq=False)
class Undefined(Declared):
    """A name that a template is not given: nothing where it is written, and false."""

    type_name: ClassVar[str] = "jinja2.Undefined"

    name: str = ""


class Lost(Exception):
    """The text is not known, because of `value`."""

    def __init__(self, message: str, value: Value = NONE) -> None:
        super().__init__(message)
        self.message = message
        self.value = value
