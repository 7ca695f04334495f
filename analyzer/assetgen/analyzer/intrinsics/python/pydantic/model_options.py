"""What a pydantic model is configured to do."""

from __future__ import annotations

from typing import Final

from assetgen.analyzer.evaluate.values import TRUE, Class, Constant, Mapping, Value
from assetgen.analyzer.intrinsics.python.pydantic.annotated_validators import TEXT_CHANGES

_PLACES: Final = ("model_config", "Config")


def option_of(cls: Class, name: str) -> Value | None:
    """An entry of `model_config`, or an attribute of the inner class `Config`."""
    for base in cls.mro:
        if not isinstance(base, Class):
            continue
        for config in map(base.namespace.get, _PLACES):
            options: dict[str, Value] = {}
            if isinstance(config, Mapping):
                options = dict(config.text_entries())
            elif isinstance(config, Class):
                options = config.namespace
            if name in options:
                return options[name]
    return None


def as_texts_are(cls: Class, value: Value) -> Value:
    """A string as the model is configured to store strings: stripped, or converted to upper or
    lower case."""
    if isinstance(value, Constant) and isinstance(value.value, str):
        for constraint, change in TEXT_CHANGES.items():
            if option_of(cls, f"str_{constraint}") == TRUE:
                value = Constant(change(str(value.value)))
    return value
