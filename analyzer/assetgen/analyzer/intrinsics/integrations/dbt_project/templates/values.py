"""The functions, namespaces and control flow of dbt's templates while they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost, Relation
from assetgen.analyzer.intrinsics.integrations.dbt_project.questions import Asked, Target
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.operations import METHODS
from assetgen.analyzer.model.dataclass import dataclass, field

if TYPE_CHECKING:
    from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.rendering import Rendering


@dataclass(frozen=True, slots=True)
class Known:
    """A function that the reader knows: `call(rendering, args, kwargs)`, and its attributes."""

    call: Callable[[Rendering, list[Any], dict[str, Any]], Any]
    members: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Package:
    """A namespace of macros and functions; unknown members are not read."""

    name: str
    members: Mapping[str, Any] = field(default_factory=dict)


class Namespace(dict[str, Any]):
    """`namespace(...)`: attributes that a loop can change for the code around it."""


class Exhausted(Exception):
    """A template takes more steps than it may."""


class Break(Exception):
    """`{% break %}`."""


class Continue(Exception):
    """`{% continue %}`."""


class Return(Exception):
    """`return(value)` in a macro."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


@dataclass(frozen=True, slots=True)
class Method:
    """A method of a value, before it is called."""

    call: Callable[..., Any]
    receiver: Any


class Undefined:
    """Jinja's undefined value, which is shown as nothing."""

    def __repr__(self) -> str:
        return ""


UNDEFINED: Final = Undefined()


def give_back(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """`return(value)`: ends the macro."""
    raise Return(args[0] if args else None)


_NAMES_OF_RELATION: Final = ("identifier", "name", "table")


def member(value: Any, name: str) -> Any:
    """`value.name`, as Jinja looks it up; `Lost` if that is not known."""
    if isinstance(value, Relation) and name in _NAMES_OF_RELATION:
        return value.name
    if isinstance(value, Lost):
        return value
    if isinstance(value, Package):
        return value.members.get(name, Lost(f"what `{value.name}.{name}` is"))
    if isinstance(value, Known):
        return value.members.get(name, UNDEFINED)
    if isinstance(value, dict) and name in value:
        return value[name]
    kind = dict if isinstance(value, (Target, Asked)) else type(value)
    method = METHODS.get((kind, name))
    return Method(method, value) if method is not None else UNDEFINED


def attempt(operation: Callable[[], Any]) -> Any:
    """The result of an operation; `Lost` if it fails."""
    try:
        return operation()
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, ZeroDivisionError):
        return Lost("an operation that fails")


def shown(node: nodes.Node) -> str:
    """A name or attribute as it is written."""
    if isinstance(node, nodes.Name):
        return node.name
    return f"{shown(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else "..."
