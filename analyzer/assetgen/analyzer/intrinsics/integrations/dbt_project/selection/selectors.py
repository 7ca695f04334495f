"""dbt's named selections: `selectors.yml`, and what its definitions select."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost, first_lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Manifest
from assetgen.analyzer.intrinsics.integrations.dbt_project.selection.selection import (
    disabled_tests,
    select_criterion,
)

_DEPTH: Final = 20
_OPERATORS: Final = frozenset(
    (
        *("method", "value", "exclude", "parents", "children", "parents_depth", "children_depth"),
        *("childrens_parents", "indirect_selection"),
    )
)
_INDIRECT: Final = ("eager", "cautious", "buildable", "empty")


def selectors_of(data: object) -> dict[str, Any]:
    """The selectors in `selectors.yml`, by name."""
    entries = data.get("selectors") if isinstance(data, dict) else None
    return {
        entry["name"]: entry
        for entry in listed(entries)
        if isinstance(entry, dict) and isinstance(entry.get("name"), str)
    }


def select_by_name(manifest: Manifest, name: str) -> frozenset[str] | Lost:
    """The unique ids that the selector with a name selects."""
    found = _named(manifest, name, 0)
    return found if isinstance(found, Lost) else found - disabled_tests(manifest)


def _named(manifest: Manifest, name: str, depth: int) -> frozenset[str] | Lost:
    entry = manifest.selectors.get(name)
    if not isinstance(entry, dict) or depth > _DEPTH:
        return Lost(f"the dbt selector {name!r}")
    return _selected(manifest, entry.get("definition"), depth)


def _selected(manifest: Manifest, definition: Any, depth: int) -> frozenset[str] | Lost:
    lost = first_lost(definition)
    if lost is not None:
        return lost
    if isinstance(definition, str):
        return select_criterion(manifest, definition)
    if not isinstance(definition, dict):
        return Lost("the definition of a dbt selector")
    for operator in ("union", "intersection"):
        if operator in definition:
            return _combined(manifest, operator, listed(definition[operator]), depth)
    if "method" in definition:
        return _by_method(manifest, definition, depth)
    if len(definition) == 1:
        method, value = next(iter(definition.items()))
        return select_criterion(manifest, f"{method}:{value}")
    return Lost("the definition of a dbt selector")


def _combined(
    manifest: Manifest, operator: str, parts: list[Any], depth: int
) -> frozenset[str] | Lost:
    """A union or intersection of definitions, without those that `exclude` names.

    Of a definition that excludes, dbt uses nothing else in such a list.
    """
    found: frozenset[str] | None = None
    without: frozenset[str] = frozenset()
    for part in parts:
        if isinstance(part, dict) and "exclude" in part:
            excluded = _combined(manifest, "union", listed(part["exclude"]), depth)
            if isinstance(excluded, Lost):
                return excluded
            without |= excluded
            continue
        ids = _selected(manifest, part, depth)
        if isinstance(ids, Lost):
            return ids
        found = ids if found is None else found | ids if operator == "union" else found & ids
    return (found or frozenset()) - without


def _by_method(
    manifest: Manifest, definition: Mapping[str, Any], depth: int
) -> frozenset[str] | Lost:
    """A definition with a method and a value, and what is taken around it."""
    method, value = definition["method"], definition.get("value")
    indirect = str(definition.get("indirect_selection", "eager"))
    if not set(definition) <= _OPERATORS or indirect not in _INDIRECT:
        return Lost("the definition of a dbt selector")
    if method == "selector":
        found = _named(manifest, str(value), depth + 1)
    else:
        found = select_criterion(manifest, _criterion(definition, str(method), value), indirect)
    excluded = definition.get("exclude")
    if excluded is None or isinstance(found, Lost):
        return found
    without = _combined(manifest, "union", listed(excluded), depth)
    return without if isinstance(without, Lost) else found - without


def _criterion(definition: Mapping[str, Any], method: str, value: Any) -> str:
    """The same as dbt's command line takes it."""
    up = f"{definition.get('parents_depth') or ''}+" if definition.get("parents") else ""
    down = f"+{definition.get('children_depth') or ''}" if definition.get("children") else ""
    around = "@" if definition.get("childrens_parents") else ""
    shown = str(value).lower() if isinstance(value, bool) else value
    return f"{around}{up}{method}:{shown}{down}"
