"""The attributes of an asset, read from the values that a call gives for them."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Mapping,
    Record,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.attributes.table_metadata import table_metadata_problem
from assetgen.analyzer.intrinsics.dagster.declared.attributes import NO_ATTRIBUTES, Attributes
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.names import (
    group_problem,
    is_kind,
    owner_problem,
    tag_problem,
)
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import partitions_of
from assetgen.analyzer.intrinsics.dagster.places import argument_place, key_places
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, shown, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass, field

KIND_PREFIX = "dagster/kind/"
IO_MANAGER_KEY = "dagster/io_manager_key"
DEFAULT_GROUP = "default"


def read_attributes(
    call: Call,
    given: ReadOnlyMapping[str, Value],
    subject: str,
    base: Attributes = NO_ATTRIBUTES,
    place: Callable[[str], Site] | None = None,
) -> Attributes:
    """`base` with the attributes in `given`, by the parameter names of `AssetSpec`.

    What Dagster refuses and what cannot be known is reported for `subject`, at the `place` of the
    parameter: by default the argument of `call`.
    """
    where = place or (lambda name: argument_place(call, name))
    values = {name: value for name, value in given.items() if name in _READERS}
    places = key_places(call) if base is NO_ATTRIBUTES else dict(base.places)
    if not values:
        return replace(base, places=places) if base is NO_ATTRIBUTES else base
    unknown = set(base.unknown)
    merged = dict(base.values)
    changes: dict[str, Any] = {}
    for parameter, value in _unified(values).items():
        reading = _Reading(call, subject, where(parameter))
        merged[parameter] = value
        read = _READERS[parameter](reading, value)
        changes.update(read)
        places.update(dict.fromkeys(read, reading.site))
        unknown -= read.keys()
        if reading.doubts.found:
            unknown |= read.keys()
            _tell(reading, parameter)
    if "tags" in changes or "kinds" in changes:
        _merge_kinds(base, changes, merged)
    changes.setdefault("io_manager_key", base.io_manager_key)
    return replace(base, **changes, values=merged, places=places, unknown=tuple(sorted(unknown)))


@dataclass(slots=True, eq=False)
class _Reading:
    call: Call
    subject: str
    site: Site
    doubts: Doubts = field(default_factory=Doubts)

    def refuse(self, rule: str, problem: str) -> None:
        self.call.report(rule, f"{problem} (of asset `{self.subject}`)", self.site)


def _tell(reading: _Reading, parameter: str) -> None:
    cause = reading.doubts.found[0]
    reading.call.report(
        "unresolved-attribute",
        f"`{parameter}` of asset `{reading.subject}` is not known: {why(cause)}",
        reading.site,
    )


def _unified(values: dict[str, Value]) -> dict[str, Value]:
    """The attributes with deprecated names replaced by their successors."""
    result = dict(values)
    for old, new in _RENAMED.items():
        value = result.pop(old, None)
        if value is not None and is_given(value) and not is_given(result.get(new)):
            result[new] = value
    return result


_RENAMED = {
    "auto_materialize_policy": "automation_condition",
}


def _merge_kinds(base: Attributes, changes: dict[str, Any], merged: dict[str, Value]) -> None:
    """Kinds are tags to Dagster: given as either, they are both, and are read back as both."""
    tags = dict(changes.get("tags", base.tags))
    from_tags = [key.removeprefix(KIND_PREFIX) for key in tags if key.startswith(KIND_PREFIX)]
    kinds = (*changes.get("kinds", base.kinds), *from_tags)
    changes["tags"] = tuple(
        (key, value) for key, value in tags.items() if not key.startswith(KIND_PREFIX)
    )
    changes["kinds"] = tuple(sorted(set(kinds)))
    read_back = merged.get("tags")
    if isinstance(read_back, Mapping) or read_back is None or read_back == NONE:
        entries = dict(read_back.entries) if isinstance(read_back, Mapping) else {}
        losses = list(read_back.losses) if isinstance(read_back, Mapping) else []
        for kind in changes["kinds"]:
            key = Constant(KIND_PREFIX + kind)
            entries[("constant", key.value)] = (key, Constant(""))
        merged["tags"] = Mapping("dict", entries, losses)


# -- one reader for each parameter: the fields of `Attributes` that it gives


def _text(name: str) -> Callable[[_Reading, Value], dict[str, object]]:
    def read(reading: _Reading, value: Value) -> dict[str, object]:
        return {name: reading.doubts.text(value)}

    return read


def _description(reading: _Reading, value: Value) -> dict[str, object]:
    text = reading.doubts.text(value)
    return {"description": text or None}


def _group(reading: _Reading, value: Value) -> dict[str, object]:
    name = reading.doubts.text(value)
    if name is not None:
        problem = group_problem(name)
        if problem:
            reading.refuse("bad-group", problem)
    return {"group_name": None if name == DEFAULT_GROUP else name or None}


def _owners(reading: _Reading, value: Value) -> dict[str, object]:
    owners = reading.doubts.texts(reading.call, value)
    for owner in owners:
        problem = owner_problem(owner)
        if problem:
            reading.refuse("bad-owner", problem)
    return {"owners": tuple(owners)}


def _tags(reading: _Reading, value: Value) -> dict[str, object]:
    tags: dict[str, str] = {}
    for key, item in reading.doubts.entries(value):
        if not isinstance(item, str):
            if not reading.doubts.found:
                reading.refuse("bad-tag", f'the value of tag "{key}" is not a string')
            continue
        problem = tag_problem(key, item)
        if problem:
            reading.refuse("bad-tag", problem)
        tags[key] = item
    return {"tags": tuple(tags.items())}


def _kinds(reading: _Reading, value: Value) -> dict[str, object]:
    kinds = tuple(sorted(set(reading.doubts.texts(reading.call, value))))
    if len(kinds) > 10:
        reading.refuse("bad-kind", "an asset has at most ten kinds")
    # An AssetSpec takes any text.
    for kind in kinds if reading.call.name in _CHECKING_KINDS else ():
        if not is_kind(kind):
            takes = "letters, digits, _ - and ."
            reading.refuse("bad-kind", f'"{kind}" is not a kind: it takes at most 63 {takes}')
    return {"kinds": kinds}


_OF_OPS = frozenset(("dagster.Out", "dagster.DynamicOut"))
_CHECKING_KINDS = frozenset(("dagster.asset", "dagster.graph_asset", "dagster.AssetOut"))


def _metadata(reading: _Reading, value: Value) -> dict[str, object]:
    entries = reading.doubts.entries(value)
    read: dict[str, object] = {"metadata": entries}
    for key, item in entries:
        if key == IO_MANAGER_KEY and isinstance(item, str):
            read["io_manager_key"] = item
    if isinstance(value, Mapping) and reading.call.name not in _OF_OPS:
        for name, given in value.text_entries():
            problem = table_metadata_problem(name, given)
            if problem:
                reading.refuse("wrong-type", problem)
    return read


def _partitions(reading: _Reading, value: Value) -> dict[str, object]:
    value = reading.doubts.first_option(value)
    if value == NONE or isinstance(value, Unknown):
        return {"partitions": None}
    partitions = partitions_of(reading.call, value)
    if partitions is None:
        reading.doubts.found.append(
            reading.call.unknown("external", "it is not a known partitions definition")
        )
    return {"partitions": partitions}


def _policy(name: str) -> Callable[[_Reading, Value], dict[str, object]]:
    """A policy or condition, stored as text; its doubts are those of its parts."""

    def read(reading: _Reading, value: Value) -> dict[str, object]:
        value = reading.doubts.first_option(value)
        if value == NONE or isinstance(value, Unknown):
            return {name: None}
        if isinstance(value, Record):
            reading.doubts.found.extend(value.losses)
        return {name: shown(value)}

    return read


def _flag(name: str) -> Callable[[_Reading, Value], dict[str, object]]:
    def read(reading: _Reading, value: Value) -> dict[str, object]:
        return {name: reading.doubts.flag(value)}

    return read


def _minutes(reading: _Reading, value: Value) -> dict[str, object]:
    value = reading.doubts.first_option(value)
    number = value.value if isinstance(value, Constant) else None
    known = number if isinstance(number, (int, float)) else None
    return {"auto_observe_interval_minutes": known}


_READERS: dict[str, Callable[[_Reading, Value], dict[str, object]]] = {
    "group_name": _group,
    "description": _description,
    "owners": _owners,
    "tags": _tags,
    "kinds": _kinds,
    "metadata": _metadata,
    "code_version": _text("code_version"),
    "io_manager_key": _text("io_manager_key"),
    "partitions_def": _partitions,
    "automation_condition": _policy("automation_condition"),
    "auto_materialize_policy": _policy("automation_condition"),
    "backfill_policy": _policy("backfill_policy"),
    "freshness_policy": _policy("freshness_policy"),
    "auto_observe_interval_minutes": _minutes,
    "pool": _text("pool"),
    "is_virtual": _flag("is_virtual"),
    "skippable": _flag("is_skippable"),
}
