"""Validators in annotations: `AfterValidator(str.lower)`, `constr(to_lower=True)`."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, Declared, Unknown, Value
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.model.dataclass import dataclass, field

_VALIDATOR: Final = Parameters("func, json_schema_input_type=None")


@dataclass(slots=True, eq=False)
class AnnotatedValidator(Declared):
    """A function that a value is passed through; `mode` is "before", "after", "plain" or "wrap"."""

    type_name: ClassVar[str] = "pydantic.AfterValidator"
    mode: str = "after"
    function: Value = NONE

    def applied(self, call: Call, value: Value) -> Value:
        """What becomes of a value."""
        if isinstance(value, Unknown):
            return call.unknown("unsupported", "what a validator makes of it", value)
        return call.invoke(self.function, value)


@dataclass(slots=True, eq=False)
class TextConstraints(AnnotatedValidator):
    """`StringConstraints(to_lower=True)`: `function` is not used, `options` say what is done."""

    options: dict[str, Value] = field(default_factory=dict)

    def applied(self, call: Call, value: Value) -> Value:
        for name, change in TEXT_CHANGES.items():
            if name in self.options and isinstance(value, Constant) and type(value.value) is str:
                wanted = self.options[name]
                if not isinstance(wanted, Constant):
                    return call.unknown("unsupported", "what a constraint makes of it", wanted)
                value = Constant(change(value.value)) if wanted.value else value
        return value


TEXT_CHANGES: Final[ReadOnlyMapping[str, Callable[[str], str]]] = {
    "strip_whitespace": str.strip,
    "to_upper": str.upper,
    "to_lower": str.lower,
}
"""What pydantic can do to strings; for those of a whole model the names begin with `str_`."""


def _of_text(call: Call) -> Value:
    return TextConstraints(options=dict(call.kwargs))


def _of_mode(mode: str) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        return AnnotatedValidator(mode=mode, function=_VALIDATOR.bind(call)["func"])

    return intrinsic


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "pydantic.StringConstraints": _of_text,
    "pydantic.constr": _of_text,
    "pydantic.types.StringConstraints": _of_text,
    "pydantic.types.constr": _of_text,
    **{
        f"pydantic.{place}{name}Validator": _of_mode(name.lower())
        for place in ("", "functional_validators.")
        for name in ("After", "Before", "Plain", "Wrap")
    },
}
