"""Types whose values are told by a function."""

from collections.abc import Callable
from typing import Any


class TypeCheck:
    """What a type says of a value."""

    def __init__(self, success: bool, description: str | None = None, metadata: Any = None) -> None:
        """`success`: the value is of the type."""
        self.success = success
        self.description = description

    def __bool__(self) -> bool:
        """Whether the value is of the type."""
        return self.success


class DagsterType:
    """A type with a check of its own."""

    def __init__(
        self,
        type_check_fn: Callable[[Any, Any], Any],
        key: str | None = None,
        name: str | None = None,
        **_: Any,
    ) -> None:
        """`type_check_fn` takes a context, which is None here, and the value."""
        self.type_check_fn = type_check_fn
        self.name = name or key or "type"

    def holds(self, value: Any) -> bool:
        """Whether a value is of the type."""
        return bool(self.type_check_fn(None, value))

    def __repr__(self) -> str:
        """The type's name."""
        return self.name


class PythonObjectDagsterType(DagsterType):
    """The type of the instances of a class, or of several."""

    def __init__(
        self, python_type: Any, key: str | None = None, name: str | None = None, **_: Any
    ) -> None:
        """`python_type` is what `isinstance` takes."""
        super().__init__(lambda _, value: isinstance(value, python_type), key, name)
