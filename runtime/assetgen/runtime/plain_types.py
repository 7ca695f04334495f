"""The names that the library has for Python's own types."""

from typing import Any, Dict, List, Optional, Set, Tuple  # noqa: UP035

__all__ = ["Any", "Bool", "Dict", "Float", "Int", "List", "Optional", "Set", "String", "Tuple"]

Bool = bool
Float = float
Int = int
String = str
