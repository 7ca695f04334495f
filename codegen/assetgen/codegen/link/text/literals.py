"""Plain data as Python text, with the quotes that formatters prefer."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from typing import Any

from assetgen.analyzer.model.literals import Literal, Shown, Table


def literal_text(value: object) -> str:
    """Source that evaluates to `value`: None, numbers, strings, bytes, and collections of them."""
    return _WRITERS.get(type(value), repr)(value)


def model_literal(value: Literal) -> str:
    """Python text for plain data of the model; what is only shown there is taken as it is."""
    if isinstance(value, Table):
        inner = ", ".join(f"{literal_text(k)}: {model_literal(each)}" for k, each in value.entries)
        return f"{{{inner}}}"
    if isinstance(value, tuple):
        return f"[{', '.join(model_literal(each) for each in value)}]"
    if isinstance(value, Shown):
        return value.text
    return literal_text(value)


def tidy_literal(source: str) -> str:
    """The same for source text; what is no literal stays as it is."""
    try:
        value = ast.literal_eval(source)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return source
    return literal_text(value)


def string_text(value: str) -> str:
    """A string in double quotes, or in single ones if that takes fewer escapes."""
    if value.isidentifier():
        return f'"{value}"'
    text = repr(value)
    if text[0] == '"' or value.count('"') > value.count("'"):
        return text
    return '"' + text[1:-1].replace('"', '\\"').replace("\\'", "'") + '"'


def _float(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return f'float("{value}")'


def _list(value: list[object]) -> str:
    return f"[{', '.join(literal_text(item) for item in value)}]"


def _tuple(value: tuple[object, ...]) -> str:
    items = ", ".join(literal_text(item) for item in value)
    return f"({items},)" if len(value) == 1 else f"({items})"


def _set(value: set[object]) -> str:
    items = sorted(literal_text(item) for item in value)
    return f"{{{', '.join(items)}}}" if items else "set()"


def _frozenset(value: frozenset[object]) -> str:
    return f"frozenset({_set({*value})})" if value else "frozenset()"


def _dict(value: dict[object, object]) -> str:
    items = (f"{literal_text(key)}: {literal_text(item)}" for key, item in value.items())
    return f"{{{', '.join(items)}}}"


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: string_text,
    float: _float,
    list: _list,
    tuple: _tuple,
    set: _set,
    frozenset: _frozenset,
    dict: _dict,
}
