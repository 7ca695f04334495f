"""Validators in annotations: `Annotated[str, AfterValidator(str.lower)]`."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Declared, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.model.dataclass import dataclass

_VALIDATOR: Final = Parameters("func, json_schema_input_type=None")


@dataclass(slots=True, eq=False)
class AnnotatedValidator(Declared):
    """A function that a value is passed through; `mode` is "before", "after", "plain" or "wrap"."""

    type_name: ClassVar[str] = "pydantic.AfterValidator"
    mode: str = "after"
    function: Value = NONE

    def applied(self, call: Call, value: Value) -> Value:
        if isinstance(value, Unknown):
            return call.unknown("unsupported", "what a validator makes of it", value)
        return call.machine.call(self.function, [value], {}, call.site)


def _of_mode(mode: str) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        return AnnotatedValidator(mode=mode, function=_VALIDATOR.bind(call)["func"])

    return intrinsic


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    f"pydantic.{place}{name}Validator": _of_mode(name.lower())
    for place in ("", "functional_validators.")
    for name in ("After", "Before", "Plain", "Wrap")
}
