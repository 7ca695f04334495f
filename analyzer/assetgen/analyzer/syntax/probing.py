"""Whether the running Python accepts a text, without making a tree of it.

Python has no function for this, but it checks the features that a module asks for after parsing all
of it, and before making anything.
"""

from __future__ import annotations

from typing import Final

_PROBE: Final = "probe"


def complaint_about(text: str) -> str:
    """The parser's complaint about a text; nothing if it accepts all of it."""
    try:
        compile(f"from __future__ import {_PROBE}\n{text}\n", "", "exec", dont_inherit=True)
    except SyntaxError as error:
        return "" if error.msg.startswith(f"future feature {_PROBE} ") else error.msg
    except (MemoryError, RecursionError, ValueError) as error:
        return type(error).__name__
    raise AssertionError("a feature that there is not was taken")
