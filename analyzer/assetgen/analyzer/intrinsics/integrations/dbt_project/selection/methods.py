"""dbt's selection methods: whether a node matches a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any, Final

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Node
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value, its prefix (`config.meta.x`), and the project that is asked."""

    value: str
    arguments: tuple[str, ...]
    project: str


def _fqn(node: Node, wanted: Wanted) -> bool:
    """By the node's name, or by its folders from the package or from within it; not for sources.

    dagster-dbt does not tell dbt which models have versions: the version counts as their name.
    """
    fqn = [str(part) for part in node.get("fqn") or ()]
    if not fqn or node.get("resource_type") in _ELSEWHERE:
        return False
    return fqn[-1] == wanted.value or any(
        _fqn_matches(names, wanted.value) for names in (fqn, fqn[1:])
    )


_ELSEWHERE: Final = frozenset(
    ("source", "exposure", "metric", "semantic_model", "saved_query", "unit_test", "function")
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


def _path(node: Node, wanted: Wanted) -> bool:
    """By the file, the file of its properties, or a folder around it.

    Patterns are matched against the project's own folder, which packages are not in.
    """
    path = PurePosixPath(str(node.get("original_file_path", "")))
    pattern = wanted.value.rstrip("/").removeprefix("./")
    candidates = [path, *path.parents]
    if node.get("patch_path"):
        candidates.append(PurePosixPath(str(node["patch_path"]).partition("://")[2]))
    if any(character in pattern for character in "*?["):
        is_own = node.get("package_name") == wanted.project
        return is_own and any(_glob(str(one), pattern) for one in candidates)
    return any(str(one) == pattern for one in candidates)


def _glob(path: str, pattern: str) -> bool:
    """Whether a path matches, where `*` stays within one folder and `**` spans several."""
    expression = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*")
    expression = expression.replace(r"\*", "[^/]*").replace(r"\?", "[^/]")
    return re.fullmatch(expression, path) is not None


def _file(node: Node, wanted: Wanted) -> bool:
    path = PurePosixPath(str(node.get("original_file_path", "")))
    return fnmatchcase(path.name, wanted.value) or fnmatchcase(path.stem, wanted.value)


def _tag(node: Node, wanted: Wanted) -> bool:
    return any(fnmatchcase(str(tag), wanted.value) for tag in listed(node.get("tags")))


def _source(node: Node, wanted: Wanted) -> bool:
    if node.get("resource_type") != "source":
        return False
    parts = wanted.value.split(".")
    names = [node["package_name"], node["source_name"], node["name"]]
    if len(parts) == 1:
        return fnmatchcase(names[1], parts[0])
    own = names[1:] if len(parts) == 2 else names
    pairs = zip(own, parts, strict=False)
    return len(parts) <= 3 and all(fnmatchcase(name, part) for name, part in pairs)


def _named(kind: str) -> Callable[[Node, Wanted], bool]:
    """Whether it has a resource type and the name: `name` or `package.name`."""

    def is_named(node: Node, wanted: Wanted) -> bool:
        if node.get("resource_type") != kind:
            return False
        package, _, name = wanted.value.rpartition(".")
        of_package = not package or fnmatchcase(str(node.get("package_name")), package)
        return of_package and fnmatchcase(str(node.get("name")), name)

    return is_named


def _package(node: Node, wanted: Wanted) -> bool:
    return fnmatchcase(str(node.get("package_name")), wanted.value)


def _resource_type(node: Node, wanted: Wanted) -> bool:
    return bool(node.get("resource_type") == wanted.value)


def _group(node: Node, wanted: Wanted) -> bool:
    group = (node.get("config") or {}).get("group")
    return group is not None and fnmatchcase(str(group), wanted.value)


def _test_name(node: Node, wanted: Wanted) -> bool:
    kind = (node.get("test_metadata") or {}).get("name")
    return kind is not None and fnmatchcase(str(kind), wanted.value)


def _config(node: Node, wanted: Wanted) -> bool:
    """By the exact value, or one of a list; severities in any case."""
    value: Any = node.get("config") or {}
    for name in wanted.arguments:
        value = value.get(name) if isinstance(value, dict) else None
    text = wanted.value
    if wanted.arguments == ("severity",) and isinstance(value, str):
        return value.lower() == text.lower()
    truth = {"true": True, "false": False}.get(text.lower())
    if isinstance(value, (list, tuple)):
        return text in value or any(one is truth for one in value if truth is not None)
    return (value is truth if isinstance(value, bool) else False) or bool(value == text)


def _nothing(node: Node, wanted: Wanted) -> bool:
    """For methods that need dbt's own node classes, which dagster-dbt does not provide."""
    return False


METHODS: dict[str, Callable[[Node, Wanted], bool]] = {
    "fqn": _fqn,
    "path": _path,
    "file": _file,
    "tag": _tag,
    "source": _source,
    "package": _package,
    **{
        kind: _named(kind)
        for kind in ("exposure", "metric", "semantic_model", "saved_query", "unit_test")
    },
    "resource_type": _resource_type,
    "group": _group,
    "access": _nothing,
    "version": _nothing,
    "test_name": _test_name,
    "test_type": _nothing,
    "config": _config,
}
"""The methods by name, each a predicate on nodes."""
