"""The types of columns that are read from text, as pandas and polars infer them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from collections.abc import Sequence as ReadOnlySequence
from typing import Final

NA: Final = frozenset(
    (
        *("", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND"),
        *("1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"),
    )
)
"""What pandas reads as a missing value."""

_INTEGER: Final = re.compile(r"\s*[+-]?\d+\s*")
_NUMBER: Final = re.compile(r"\s*[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|inf)\s*")
_TRUTHS: Final = {"True": True, "TRUE": True, "true": True}
_FALSEHOODS: Final = {"False": False, "FALSE": False, "false": False}
_BOUND: Final = 2**63


def pandas_column(
    cells: ReadOnlySequence[str], missing: frozenset[str] = NA, as_text: bool = False
) -> list[object] | None:
    """The values of a column, NaN for missing ones; None if there are numbers too large to infer a
    type."""
    present = [cell for cell in cells if cell not in missing]
    if as_text:
        return [math.nan if cell in missing else cell for cell in cells]
    if present and all(cell in _TRUTHS or cell in _FALSEHOODS for cell in present):
        return [math.nan if cell in missing else cell in _TRUTHS for cell in cells]
    convert: Callable[[str], object] = str
    if all(_INTEGER.fullmatch(cell) for cell in present):
        if any(abs(int(cell)) >= _BOUND for cell in present):
            return None
        convert = int if len(present) == len(cells) and cells else float
    elif all(_NUMBER.fullmatch(cell) for cell in present):
        convert = float
    return [math.nan if cell in missing else convert(cell) for cell in cells]


def polars_column(cells: ReadOnlySequence[str]) -> list[object] | None:
    """The same for polars, which recognises fewer spellings and uses None for missing values."""
    present = [cell for cell in cells if cell != ""]
    convert: Callable[[str], object] = str
    if present and all(cell in _TRUTHS or cell in _FALSEHOODS for cell in present):
        convert = _is_true
    elif present and all(re.fullmatch(r"[+-]?\d+", cell) for cell in present):
        if any(abs(int(cell)) >= _BOUND for cell in present):
            return None
        convert = int
    elif present and all(_NUMBER.fullmatch(cell) and cell == cell.strip() for cell in present):
        convert = float
    return [None if cell == "" else convert(cell) for cell in cells]


def _is_true(cell: str) -> object:
    return cell in _TRUTHS
