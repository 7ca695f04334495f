"""Asset selections: which assets a job, schedule or sensor selects, whichever may exist."""

from __future__ import annotations

from typing import ClassVar

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Declared
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey


@dataclass(frozen=True, slots=True)
class AllAssets:
    """All materializable assets; with `include_sources`, external ones too."""

    include_sources: bool = False


@dataclass(frozen=True, slots=True)
class KeysSelected:
    """Assets by key; a key that is not defined is an error."""

    keys: tuple[AssetKey, ...]


@dataclass(frozen=True, slots=True)
class KeyMatched:
    """Assets whose key, as a string with slashes, matches a pattern, in which `*` stands for any
    string."""

    pattern: str


@dataclass(frozen=True, slots=True)
class PrefixesSelected:
    """Assets whose key starts with one of some prefixes."""

    prefixes: tuple[tuple[str, ...], ...]
    include_sources: bool = False


@dataclass(frozen=True, slots=True)
class FieldSelected:
    """Assets by an attribute: `field` is "group", "owner", "kind", "tag" or "is".

    `value` is the string, or None for assets without one; for a tag it is the tag's value, and
    `key` its key.
    """

    field: str
    value: str | None
    key: str | None = None
    include_sources: bool = False


@dataclass(frozen=True, slots=True)
class ChecksSelected:
    """Asset checks: those of the assets in `of`, or those named in `keys`; it selects no assets."""

    of: Selection | None
    keys: tuple[tuple[AssetKey, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WithoutChecks:
    """The assets of `child`, without their checks."""

    child: Selection


@dataclass(frozen=True, slots=True)
class Upstream:
    """The assets `child` depends on, up to `depth` steps away (None: any), and itself if
    `include_self`."""

    child: Selection
    depth: int | None = None
    include_self: bool = True


@dataclass(frozen=True, slots=True)
class Downstream:
    """The assets that depend on `child`, up to `depth` steps away (None: any), and itself if
    `include_self`."""

    child: Selection
    depth: int | None = None
    include_self: bool = True


@dataclass(frozen=True, slots=True)
class SetOperation:
    """`operator` is "and", "or" or "not" (`operands[0]` without the others)."""

    operator: str
    operands: tuple[Selection, ...]


@dataclass(frozen=True, slots=True)
class Ends:
    """The roots (`which` "roots"), sinks ("sinks"), required multi-asset neighbours
    ("neighbours"), materializable ones ("materializable") or upstream external assets
    ("sources") of `child`."""

    which: str
    child: Selection


@dataclass(frozen=True, slots=True)
class UnknownSelection:
    """A selection, or a part of one, that is not known."""

    message: str


Selection = (
    AllAssets
    | KeysSelected
    | KeyMatched
    | PrefixesSelected
    | FieldSelected
    | ChecksSelected
    | WithoutChecks
    | Upstream
    | Downstream
    | SetOperation
    | Ends
    | UnknownSelection
)


@dataclass(slots=True, eq=False)
class SelectionValue(Declared):
    """An `AssetSelection`; `text` is its source text or string form, for display.
    `depth` counts the steps in which it was made from others."""

    type_name: ClassVar[str] = "dagster.AssetSelection"
    is_tuple: ClassVar[bool] = True

    selection: Selection
    site: Site
    text: str = ""
    depth: int = 0
