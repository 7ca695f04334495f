"""dbt's selection of nodes: methods, `+` and `@`, unions by space and intersections by comma."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any, Final

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import (
    Manifest,
    Node,
    everything,
)
from assetgen.analyzer.model.dataclass import dataclass

_TESTS: Final = ("test", "unit_test")


def select_ids(manifest: Manifest, select: str, exclude: str) -> frozenset[str] | Lost:
    """The unique ids that `select` means without those that `exclude` does."""
    chosen = _union(manifest, select)
    if isinstance(chosen, Lost) or not exclude.strip():
        return chosen
    without = _union(manifest, exclude)
    return without if isinstance(without, Lost) else chosen - without


def is_by_path(text: str) -> bool:
    """Whether a selection goes by paths, which dbt takes from the folder where it runs."""
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


def select_criterion(manifest: Manifest, text: str) -> frozenset[str] | Lost:
    """The unique ids that one criterion means: a method, a value, and what is around it."""
    match = _CRITERION.match(text)
    if match is None or not match["value"]:
        return Lost(f"the dbt selection {text!r}")
    name, *arguments = (match["method"] or _default_method(match["value"])).split(".")
    method = _METHODS.get(name)
    if method is None:
        return Lost(f"the dbt selection {text!r}, which depends on more than the project's files")
    wanted = _Wanted(match["value"], tuple(arguments))
    chosen = {key for key, node in everything(manifest) if method(node, wanted)}
    found = set(chosen)
    if match["around"]:
        below = _closure(chosen, manifest.children, None)
        found |= below | _closure(below | chosen, manifest.parents, None)
    if match["up"]:
        found |= _closure(chosen, manifest.parents, _depth(match["up_depth"]))
    if match["down"]:
        found |= _closure(chosen, manifest.children, _depth(match["down_depth"]))
    return frozenset(found | _tests_of(manifest, found))


def _default_method(value: str) -> str:
    if "/" in value or "\\" in value:
        return "path"
    return "file" if value.lower().endswith((".sql", ".py", ".csv")) else "fqn"


def _depth(text: str) -> int | None:
    return int(text) if text else None


def _closure(
    start: Iterable[str], edges: dict[str, tuple[str, ...]], depth: int | None
) -> set[str]:
    found: set[str] = set()
    layer = set(start)
    while layer and depth != 0:
        layer = {key for one in layer for key in edges.get(one, ())} - found
        found |= layer
        depth = None if depth is None else depth - 1
    return found


def _tests_of(manifest: Manifest, chosen: set[str]) -> set[str]:
    """The tests of anything that is chosen, as dbt adds them."""
    return {
        child
        for key in chosen
        for child in manifest.children.get(key, ())
        if child.partition(".")[0] in _TESTS
    }


# -- methods


@dataclass(frozen=True, slots=True)
class _Wanted:
    value: str
    arguments: tuple[str, ...]


def _fqn(node: Node, wanted: _Wanted) -> bool:
    """By the node's name, or by its folders from the package or from within it.

    dagster-dbt does not tell dbt which models have versions: the version is their name then.
    """
    fqn = [str(part) for part in node.get("fqn") or ()]
    if not fqn:
        return False
    return fqn[-1] == wanted.value or any(
        _fqn_matches(names, wanted.value) for names in (fqn, fqn[1:])
    )


def _fqn_matches(fqn: list[str], value: str) -> bool:
    flat = [part for item in fqn for part in item.split(".")]
    parts = value.split(".")
    if len(flat) < len(parts):
        return False
    for index, part in enumerate(parts):
        if any(character in part for character in "*?[]"):
            return fnmatchcase(".".join(flat[index:]), ".".join(parts[index:]))
        if flat[index] != part:
            return False
    return True


def _path(node: Node, wanted: _Wanted) -> bool:
    path = PurePosixPath(str(node.get("original_file_path", "")))
    pattern = wanted.value.rstrip("/").removeprefix("./")
    candidates = [path, *path.parents]
    if node.get("patch_path"):
        candidates.append(PurePosixPath(str(node["patch_path"]).partition("://")[2]))
    if any(character in pattern for character in "*?["):
        return any(_glob(str(one), pattern) for one in candidates)
    return any(str(one) == pattern for one in candidates)


def _glob(path: str, pattern: str) -> bool:
    """Whether a path matches, `*` staying within one folder and `**` going through any."""
    expression = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*")
    expression = expression.replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
    return re.fullmatch(expression, path) is not None


def _file(node: Node, wanted: _Wanted) -> bool:
    path = PurePosixPath(str(node.get("original_file_path", "")))
    return fnmatchcase(path.name, wanted.value) or fnmatchcase(path.stem, wanted.value)


def _tag(node: Node, wanted: _Wanted) -> bool:
    return any(fnmatchcase(str(tag), wanted.value) for tag in listed(node.get("tags")))


def _source(node: Node, wanted: _Wanted) -> bool:
    if node.get("resource_type") != "source":
        return False
    parts = wanted.value.split(".")
    names = [node["package_name"], node["source_name"], node["name"]]
    if len(parts) == 1:
        return fnmatchcase(names[1], parts[0])
    own = names[1:] if len(parts) == 2 else names
    pairs = zip(own, parts, strict=False)
    return len(parts) <= 3 and all(fnmatchcase(name, part) for name, part in pairs)


def _exposure(node: Node, wanted: _Wanted) -> bool:
    if node.get("resource_type") != "exposure":
        return False
    package, _, name = wanted.value.rpartition(".")
    of_package = not package or fnmatchcase(str(node.get("package_name")), package)
    return of_package and fnmatchcase(str(node.get("name")), name)


def _package(node: Node, wanted: _Wanted) -> bool:
    return fnmatchcase(str(node.get("package_name")), wanted.value)


def _resource_type(node: Node, wanted: _Wanted) -> bool:
    return bool(node.get("resource_type") == wanted.value)


def _group(node: Node, wanted: _Wanted) -> bool:
    return fnmatchcase(str((node.get("config") or {}).get("group")), wanted.value)


def _access(node: Node, wanted: _Wanted) -> bool:
    return node.get("resource_type") == "model" and bool(node.get("access") == wanted.value)


def _test_name(node: Node, wanted: _Wanted) -> bool:
    kind = (node.get("test_metadata") or {}).get("name")
    return kind is not None and fnmatchcase(str(kind), wanted.value)


def _test_type(node: Node, wanted: _Wanted) -> bool:
    if node.get("resource_type") == "unit_test":
        return wanted.value == "unit"
    if node.get("resource_type") != "test":
        return False
    kind = "generic" if node.get("test_metadata") else "singular"
    return wanted.value in (kind, "data")


def _config(node: Node, wanted: _Wanted) -> bool:
    value: Any = node.get("config") or {}
    for name in wanted.arguments:
        value = value.get(name) if isinstance(value, dict) else None
    expected: object = wanted.value
    if isinstance(value, bool):
        return bool(str(value).lower() == wanted.value.lower())
    if isinstance(value, (list, tuple)):
        return any(fnmatchcase(str(item), wanted.value) for item in value)
    if isinstance(value, dict):
        return expected in value
    return value is not None and fnmatchcase(str(value), wanted.value)


_METHODS: dict[str, Callable[[Node, _Wanted], bool]] = {
    "fqn": _fqn,
    "path": _path,
    "file": _file,
    "tag": _tag,
    "source": _source,
    "package": _package,
    "exposure": _exposure,
    "resource_type": _resource_type,
    "group": _group,
    "access": _access,
    "test_name": _test_name,
    "test_type": _test_type,
    "config": _config,
}
