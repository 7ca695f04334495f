"""Whether the running Python takes a text, without a tree of it being made.

Python has no way to ask only that, but looks at the features that a module asks for when all of it
has been parsed, and before anything is made of it.
"""

from __future__ import annotations

from typing import Final

_PROBE: Final = "probe"


def complaint_about(text: str) -> str:
    """What the parser says of a text; nothing if it takes all of it."""
    try:
        compile(f"from __future__ import {_PROBE}\n{text}\n", "", "exec", dont_inherit=True)
    except SyntaxError as error:
        return "" if error.msg.startswith(f"future feature {_PROBE} ") else error.msg
    except (MemoryError, RecursionError, ValueError) as error:
        return type(error).__name__
    raise AssertionError("a feature that there is not was taken")
