"""dbt's selection of nodes: methods, `+` and `@`, unions by space and intersections by comma."""

from __future__ import annotations

import re
from typing import Final

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import (
    Manifest,
    everything,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.selection.methods import METHODS, Wanted
from assetgen.analyzer.model.reachability import reachable

_TESTS: Final = ("test", "unit_test")


def select_ids(manifest: Manifest, select: str, exclude: str) -> frozenset[str] | Lost:
    """The unique ids that `select` selects without those that `exclude` does."""
    chosen = _union(manifest, select)
    if isinstance(chosen, Lost):
        return chosen
    chosen -= disabled_tests(manifest)
    if not exclude.strip():
        return chosen
    without = _union(manifest, exclude)
    return without if isinstance(without, Lost) else chosen - without


def disabled_tests(manifest: Manifest) -> set[str]:
    """Tests against what is disabled or missing: they are in the manifest, but nothing selects
    them."""
    return {
        key
        for key, node in manifest.nodes.items()
        if node["resource_type"] == "test" and node["config"].get("enabled") is False
    }


def is_by_path(text: str) -> bool:
    """Whether a selection uses paths, which dbt resolves from the folder where it runs."""
    criteria = [part for word in text.split() for part in word.split(",")]
    found = [_CRITERION.match(part) for part in criteria]
    return any(
        match is not None and (match["method"] or _default_method(match["value"])) == "path"
        for match in found
    )


def _union(manifest: Manifest, text: str) -> frozenset[str] | Lost:
    if text.strip() in ("", "fqn:*", "*"):
        return frozenset(key for key, _ in everything(manifest))
    chosen: set[str] = set()
    for part in text.split():
        ids = _intersection(manifest, part)
        if isinstance(ids, Lost):
            return ids
        chosen |= ids
    return frozenset(chosen)


def _intersection(manifest: Manifest, text: str) -> frozenset[str] | Lost:
    result: frozenset[str] | None = None
    for part in text.split(","):
        ids = select_criterion(manifest, part)
        if isinstance(ids, Lost):
            return ids
        result = ids if result is None else result & ids
    return result or frozenset()


_CRITERION: Final = re.compile(
    r"^(?P<around>@)?(?P<up>(?P<up_depth>\d*)\+)?"
    r"((?P<method>[a-zA-Z_]\w*(\.[\w.]+)*):)?(?P<value>.*?)(?P<down>\+(?P<down_depth>\d*))?$"
)


def select_criterion(
    manifest: Manifest, text: str, indirect: str = "eager"
) -> frozenset[str] | Lost:
    """The unique ids that one criterion selects: a method, a value, and what is around it.

    `indirect` says which tests are added, in dbt's words: "eager" all that refer to any of it,
    "cautious" and "buildable" those that refer to nothing else, "empty" none.
    """
    match = _CRITERION.match(text)
    if match is None or not match["value"]:
        return Lost(f"the dbt selection {text!r}")
    name, *arguments = (match["method"] or _default_method(match["value"])).split(".")
    method = METHODS.get(name)
    if method is None:
        return Lost(f"the dbt selection {text!r}, which depends on more than the project's files")
    wanted = Wanted(match["value"], tuple(arguments), manifest.project_name)
    chosen = {key for key, node in everything(manifest) if method(node, wanted)}
    found = set(chosen)
    if match["around"]:
        below = reachable(chosen, manifest.children)
        found |= below | reachable(below | chosen, manifest.parents)
    if match["up"]:
        found |= reachable(chosen, manifest.parents, _depth(match["up_depth"]))
    if match["down"]:
        found |= reachable(chosen, manifest.children, _depth(match["down_depth"]))
    return frozenset(found | _tests_of(manifest, found, indirect))


def _default_method(value: str) -> str:
    if "/" in value or "\\" in value:
        return "path"
    return "file" if value.lower().endswith((".sql", ".py", ".csv")) else "fqn"


def _depth(text: str) -> int | None:
    return int(text) if text else None


def _tests_of(manifest: Manifest, chosen: set[str], indirect: str) -> set[str]:
    """The tests of anything that is chosen, as dbt adds them."""
    if indirect == "empty":
        return set()
    found = {
        child
        for key in chosen
        for child in manifest.children.get(key, ())
        if child.partition(".")[0] in _TESTS
    }
    if indirect == "eager":
        return found
    known = set(chosen)
    if indirect == "buildable":
        known |= {parent for key in chosen for parent in manifest.parents.get(key, ())}
    return {test for test in found if known.issuperset(manifest.parents.get(test, ()))}
