"""What a name can refer to."""

from __future__ import annotations

from typing import NamedTuple

from assetgen.analyzer.model.dataclass import dataclass


# What is looked up most is hashed and compared as tuples are, without a call. No two of these
# kinds can be equal: their lengths differ.
class Symbol(NamedTuple):
    """A definition in a module that is linked."""

    module: str
    name: str


class Imported(NamedTuple):
    """A name that stays imported: `name` of `module`, or the module itself if that is empty.

    `local` is the name it has in the code that uses it. `typing_only`: under `TYPE_CHECKING`.
    """

    module: str
    name: str
    local: str
    typing_only: bool = False


class Made(NamedTuple):
    """A definition that no module has as it is: its name, and where it comes from.

    `key` tells made definitions of the same name and origin apart.
    """

    module: str
    name: str
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submodules:
    """Imports that only make submodules of an imported package available, besides the package."""

    package: Imported
    dotted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Source text that stands for a name, such as the string for `__name__`.

    `warning` says what is not the same in the linked module.
    """

    text: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ModuleTarget:
    """A whole module of the project, or Dagster itself."""

    name: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A name that cannot be linked, and why. `is_undefined`: the module does not have it either."""

    reason: str
    is_undefined: bool = False


class Builtin:
    """A name of Python's own, or one that nobody knows; it stays as it is."""


BUILTIN = Builtin()
Target = Symbol | Imported | Made | Submodules | Text | ModuleTarget | Failure | Builtin


def own_name(target: Target) -> Target:
    """What has the name that something is mentioned by."""
    return target.package if isinstance(target, Submodules) else target


@dataclass(frozen=True, slots=True)
class Resolved:
    """A target, and how many attributes of the chain it took to get there."""

    target: Target
    taken: int
