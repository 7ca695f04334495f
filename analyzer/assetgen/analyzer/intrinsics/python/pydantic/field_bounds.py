"""Constraints on the value of a field: `Field(ge=0, max_length=8, pattern=...)`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.values import Constant, Mapping, Sequence, Value
from assetgen.analyzer.intrinsics.python.classes.fields import ClassField, FieldSpec


def check_bounds(item: ClassField, value: Value) -> None:
    """Raise what pydantic raises if a value certainly violates the constraints of its field."""
    if type(item.value) is not FieldSpec:
        return
    for name, bound in item.value.options.items():
        check = _CHECKS.get(name)
        if check is None or not isinstance(bound, Constant):
            continue
        checked, fits = check
        subject = checked(value)
        if subject is not None and not fits(subject, bound.value):
            message = f"the field `{item.name}` is to be {name}={bound.value!r}"
            raise Raised("builtins.ValueError", message)


def _number(value: Value) -> object:
    plain = value.value if isinstance(value, Constant) else None
    return plain if isinstance(plain, (int, float)) and not isinstance(plain, bool) else None


def _text(value: Value) -> object:
    plain = value.value if isinstance(value, Constant) else None
    return plain if isinstance(plain, str) else None


def length_of(value: Value) -> object:
    """How long a text or collection is; None if that is not known."""
    if isinstance(value, (Sequence, Mapping)):
        size = len(value.items if isinstance(value, Sequence) else value.entries)
        return None if value.losses else size
    text = _text(value)
    return len(text) if isinstance(text, str) else None


def _matches(text: Any, pattern: Any) -> bool:
    """Whether a string matches; true for patterns that pydantic, which has its own dialect, may
    read in another way than Python."""
    try:
        is_plain = len(text) <= _LONG and _PLAIN.fullmatch(pattern) is not None
        return not is_plain or re.search(pattern, text) is not None
    except (re.error, TypeError):
        return True


_PLAIN: Final = re.compile(r"[\w^$ :/.+*?\-\[\]{},]*", re.ASCII)

_LONG: Final = 200

_CHECKS: Final[
    ReadOnlyMapping[str, tuple[Callable[[Value], object], Callable[[Any, Any], bool]]]
] = {
    "ge": (_number, operator.ge),
    "gt": (_number, operator.gt),
    "le": (_number, operator.le),
    "lt": (_number, operator.lt),
    "max_length": (length_of, operator.le),
    "min_length": (length_of, operator.ge),
    "pattern": (_text, _matches),
}
