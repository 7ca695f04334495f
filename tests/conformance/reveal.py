"""`reveal(value)` as plain Python sees it, so that `# revealed:` lines are held against CPython.

The analyser knows `reveal` as a function of its own tests. Here it notes what the value really
is, where that can be written as a literal, and gives the value back.
"""

import builtins
import sys
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

PLAIN = (type(None), bool, int, float, str, bytes)


def install(folder: Path) -> list[dict[str, object]]:
    """Put `reveal` among the builtins; gives the list that it fills with {path, line, value},
    paths relative to `folder`, and `value` None where it cannot be written as a literal."""
    revealed: list[dict[str, object]] = []

    def reveal(value: T) -> T:
        frame = sys._getframe(1)
        text = repr(value) if is_plain(value) else None
        path = Path(frame.f_code.co_filename).relative_to(folder).as_posix()
        revealed.append({"path": path, "line": frame.f_lineno, "value": text})
        return value

    builtins.reveal = reveal  # type: ignore[attr-defined]
    return revealed


def is_plain(value: object) -> bool:
    """Whether repr(value) is a literal with one spelling (sets have many)."""
    if type(value) in (list, tuple):
        return all(is_plain(item) for item in value)  # type: ignore[attr-defined]
    if type(value) is dict:
        return all(is_plain(name) and is_plain(item) for name, item in value.items())
    return type(value) in PLAIN
