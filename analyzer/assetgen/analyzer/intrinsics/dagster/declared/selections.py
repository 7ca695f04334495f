"""Asset selections: which assets a job, schedule or sensor selects, whichever may exist."""

from __future__ import annotations

from typing import ClassVar

from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Declared
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey


@dataclass(frozen=True, slots=True)
class AllAssets:
    """Every materializable asset; with `include_sources`, external ones too."""

    include_sources: bool = False


@dataclass(frozen=True, slots=True)
class KeysSelected:
    """Assets by key; a key that nothing defines is an error."""

    keys: tuple[AssetKey, ...]


@dataclass(frozen=True, slots=True)
class KeyMatched:
    """Assets whose key, as text with slashes, matches a pattern; `*` in it is any text."""

    pattern: str


@dataclass(frozen=True, slots=True)
class PrefixesSelected:
    """Assets whose key starts with one of some prefixes."""

    prefixes: tuple[tuple[str, ...], ...]
    include_sources: bool = False


@dataclass(frozen=True, slots=True)
class FieldSelected:
    """Assets by an attribute: `field` is "group", "owner", "kind", "tag" or "is"; `value` is the
    text, None for none, and of a tag its value, `key` being its key."""

    field: str
    value: str | None
    key: str | None = None
    include_sources: bool = False


@dataclass(frozen=True, slots=True)
class ChecksSelected:
    """Asset checks: those of the assets in `of`, or those named in `keys`; no assets."""

    of: Selection | None
    keys: tuple[tuple[AssetKey, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WithoutChecks:
    """The assets of `child`, without their checks."""

    child: Selection


@dataclass(frozen=True, slots=True)
class Upstream:
    """What `child` depends on, `depth` steps far (None: any), itself too if `include_self`."""

    child: Selection
    depth: int | None = None
    include_self: bool = True


@dataclass(frozen=True, slots=True)
class Downstream:
    """What depends on `child`, `depth` steps far (None: any), itself too if `include_self`."""

    child: Selection
    depth: int | None = None
    include_self: bool = True


@dataclass(frozen=True, slots=True)
class SetOperation:
    """`operator` is "and", "or" or "not" (`operands[0]` less the others)."""

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
    """A selection, or a part of one, that could not be known."""

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
    """An `AssetSelection`; `text` is its source text or string form, for people."""

    type_name: ClassVar[str] = "dagster.AssetSelection"

    selection: Selection
    site: Site
    text: str = ""
