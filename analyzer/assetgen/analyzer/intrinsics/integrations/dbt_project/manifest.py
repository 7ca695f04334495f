"""A dbt manifest: the nodes, sources and groups of a project, in the shape of `manifest.json`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.project.disk import Disk, Refused

Node = dict[str, Any]

_SECTIONS = ("exposures", "metrics", "semantic_models", "saved_queries", "unit_tests", "functions")


@dataclass(frozen=True, slots=True)
class Manifest:
    """Nodes by unique id.

    `losses` are what could not be known about the project: (rule, message); `others` are nodes that
    are not assets, by unique id; `selectors` dbt's named selections; `variables` the environment
    variables that the project reads, with their defaults, and `depends_on` those that the result
    depends on.
    """

    nodes: dict[str, Node]
    sources: dict[str, Node]
    groups: tuple[Node, ...] = ()
    others: dict[str, Node] = field(default_factory=dict)
    adapter_type: str | Lost | None = None
    project_name: str = ""
    project_id: str = ""
    parents: dict[str, tuple[str, ...]] = field(default_factory=dict)
    children: dict[str, tuple[str, ...]] = field(default_factory=dict)
    selectors: dict[str, Any] = field(default_factory=dict)
    losses: tuple[tuple[str, str], ...] = ()
    variables: tuple[tuple[str, Any], ...] = ()
    depends_on: frozenset[str] = frozenset()

    def node(self, unique_id: str) -> Node | None:
        """A node, source or anything else of that id."""
        return (
            self.nodes.get(unique_id) or self.sources.get(unique_id) or self.others.get(unique_id)
        )


def manifest_of(data: object) -> Manifest | Lost:
    """The manifest in parsed JSON."""
    if not isinstance(data, dict) or not isinstance(data.get("nodes"), dict):
        return Lost("it is not a dbt manifest")
    metadata = _table(data.get("metadata"))
    others = {key: node for name in _SECTIONS for key, node in _table(data.get(name)).items()}
    losses: list[tuple[str, str]] = []
    nodes = _whole(data["nodes"], losses)
    sources = _whole(_table(data.get("sources")), losses)
    others = _whole(others, losses)
    parents = {
        key: tuple(node["depends_on"]["nodes"]) for key, node in (*nodes.items(), *others.items())
    }
    for key, ids in _table(data.get("parent_map")).items():
        parents[key] = tuple(_texts(ids))
    return Manifest(
        nodes=nodes,
        sources=sources,
        groups=tuple(
            group
            for group in _table(data.get("groups")).values()
            if isinstance(group, dict) and "name" in group
        ),
        others=others,
        adapter_type=metadata.get("adapter_type"),
        project_name=metadata.get("project_name") or "",
        project_id=str(metadata.get("project_id") or ""),
        parents=parents,
        children=children_of(parents),
        selectors=_table(data.get("selectors")),
        losses=tuple(losses),
    )


def _whole(nodes: dict[str, Any], losses: list[tuple[str, str]]) -> dict[str, Node]:
    """The nodes with what all of them have; anything that is not a node is reported."""
    found: dict[str, Node] = {}
    for key, node in nodes.items():
        if not isinstance(node, dict) or not isinstance(node.get("resource_type"), str):
            losses.append(("unresolved-asset", f"`{key}` of the dbt manifest is not a node"))
            continue
        name = str(node.get("name") or key.rpartition(".")[2])
        depends = _table(node.get("depends_on")).get("nodes")
        filled = {
            "name": name,
            "unique_id": key,
            "package_name": "",
            "source_name": "",
            "alias": name,
            "fqn": [name],
            "original_file_path": "",
            **{field: value for field, value in node.items() if value is not None},
        }
        filled["config"] = _table(node.get("config"))
        filled["depends_on"] = {"nodes": _texts(depends)}
        for field_name in ("meta", "columns"):
            filled[field_name] = _table(node.get(field_name))
        for field_name in ("fqn", "tags"):
            filled[field_name] = _texts(filled.get(field_name))
        for field_name in ("name", "package_name", "source_name", "alias", "original_file_path"):
            filled[field_name] = str(filled[field_name])
        if node["resource_type"] == "source":
            del filled["alias"]  # which makes the name of a table
        found[key] = {**node, **filled}
    return found


def _texts(value: object) -> list[str]:
    found = value if isinstance(value, list) else []
    return [one for one in found if isinstance(one, str)]


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def read_manifest(path: Path, disk: Disk) -> Manifest | Lost:
    """The manifest in a file, for `Disk.once`."""
    content = disk.read(path, _LARGEST)
    if isinstance(content, Refused):
        return Lost(f"`{path.name}` is not read: {content.reason}")
    try:
        return manifest_of(json.loads(content))
    except (ValueError, RecursionError):
        return Lost(f"`{path.name}` is not JSON")


_LARGEST: Final = 256 * 1024 * 1024  # bytes; some tens of thousands of models


def children_of(parents: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The edges in the other direction, in the order of the nodes."""
    children: dict[str, list[str]] = {}
    for key, ids in parents.items():
        for parent in ids:
            children.setdefault(parent, []).append(key)
    return {key: tuple(dict.fromkeys(ids)) for key, ids in children.items()}


def everything(manifest: Manifest) -> Iterator[tuple[str, Node]]:
    """All nodes, sources and others."""
    yield from manifest.nodes.items()
    yield from manifest.sources.items()
    yield from manifest.others.items()
