"""Values given for fields of another type, as far as pydantic takes them."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Union, get_args, get_origin


def taken(value: Any, kind: Any) -> Any:
    """The value as one of the type, which it may be the same as; ValueError if it can be none."""
    if kind is list and isinstance(value, (tuple, set, frozenset, range)):
        return list(value)
    take = TAKERS.get(kind) if isinstance(value, (str, bytes, int, float)) else None
    return value if take is None or type(value) is kind else take(value)


def is_written(value: Any, annotation: Any) -> bool:
    """Whether a run's configuration can have a value for a field, as far as that is plain."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return is_written(value, inner[0])
    if origin in (Union, type(int | None)):
        return any(is_written(value, each) for each in inner)
    if origin is list:
        return isinstance(value, list) and all(is_written(each, inner[0]) for each in value)
    if origin is dict and isinstance(value, Mapping):
        return all(is_written(each, inner[1]) for each in value.values())
    if hasattr(annotation, "check_written") and isinstance(value, Mapping):
        annotation.check_written(value)
    return annotation not in PLAIN or type(value) in PLAIN[annotation]


def whole(value: Any) -> int:
    """A whole number, written or not."""
    if isinstance(value, (str, bytes)):
        text = value if isinstance(value, str) else value.decode()
        found = WRITTEN.fullmatch(text)
        if found is None:
            raise ValueError(f"{value!r} is no whole number")
        return int(found.group(1))
    if isinstance(value, float) and not value.is_integer():
        raise ValueError(f"{value!r} is no whole number")
    return int(value)


def truth(value: Any) -> bool:
    """A truth value, written or as a number."""
    text = value.decode() if isinstance(value, bytes) else str(value)
    if not isinstance(value, (str, bytes)) and value in (0, 1):
        return bool(value)
    if text.lower() not in (*TRUE, *FALSE):
        raise ValueError(f"{value!r} is neither true nor false")
    return text.lower() in TRUE


def words(value: Any) -> str:
    """Text; numbers are none."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode()
    raise ValueError(f"{value!r} is no text")


WRITTEN = re.compile(r"\s*([+-]?\d+(?:_\d+)*)(?:\.0+)?\s*", re.ASCII)
TRUE = ("1", "on", "t", "true", "y", "yes")
FALSE = ("0", "off", "f", "false", "n", "no")
PLAIN: dict[Any, tuple[type, ...]] = {
    bool: (bool,),
    float: (bool, int, float),
    int: (int,),
    str: (str,),
    type(None): (type(None),),
}
TAKERS: dict[Any, Callable[[Any], Any]] = {bool: truth, float: float, int: whole, str: words}
