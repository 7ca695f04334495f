"""Whether values are true; and what objects that are strings, numbers or collections hold."""

from __future__ import annotations

from collections.abc import Hashable

from assetgen.analyzer.evaluate.objects.doubts import Disorder, Doubt
from assetgen.analyzer.evaluate.objects.outside import class_of_python
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    Declared,
    External,
    Instance,
    Mapping,
    Sequence,
    Unknown,
    Value,
)


def truth_of(value: Value) -> bool | None:
    """Whether `value` is true, without calling methods of the user's.

    Not known for a collection from which something was lost, even if it holds items: they may have
    been kept under an unknown condition.
    """
    if isinstance(value, Constant):
        return bool(value.value)
    if isinstance(value, Sequence):
        return _is_filled(value.items, value.losses)
    if isinstance(value, Mapping):
        return _is_filled([key for key, _ in value.entries.values()], value.losses)
    if isinstance(value, Choice):
        answers = {truth_of(option) for option in value.options}
        return answers.pop() if len(answers) == 1 else None
    if isinstance(value, External):
        return True if class_of_python(value.qualname) is not None else None
    if isinstance(value, Unknown):
        return None
    if isinstance(value, Declared):
        held = value.true_as()
        return True if held is None else truth_of(held)
    if isinstance(value, Instance):
        data = without_mixin(value)
        if data is not value:
            return truth_of(data)
        if External("enum.Flag") in value.cls.mro:
            return truth_of(value.attributes.get("_value_", NONE))
    return True


def _is_filled(items: list[Value], losses: list[Unknown]) -> bool | None:
    """Whether there is an item; not known if something was lost, unless one is certain to be
    there."""
    if not losses:
        return bool(items)
    lacking: set[Hashable] = set()
    for loss in losses:
        if isinstance(loss, Disorder):
            continue
        if not isinstance(loss, Doubt) or not loss.lacking:
            return None
        lacking.update(*loss.lacking)
    return True if any(id(item) not in lacking for item in items) else None


_MIXINS = frozenset(
    External(name)
    for name in (
        "builtins.str",
        "builtins.int",
        "builtins.float",
        "enum.StrEnum",
        "enum.IntEnum",
        "enum.IntFlag",
        "strenum.StrEnum",  # of the package for Python before 3.11
    )
)


def without_mixin(value: Value) -> Value:
    """The text, number or collection that an object is, if it is one; else `value` itself."""
    if isinstance(value, Instance):
        if value.content is not None:
            return value.content
        member = value.attributes.get("_value_")
        if member is not None and not _MIXINS.isdisjoint(
            base for base in value.cls.mro if isinstance(base, External)
        ):
            return member
    return value
