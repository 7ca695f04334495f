"""From references by name to edges between nodes."""

from __future__ import annotations

import hashlib

from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import (
    Manifest,
    Node,
    children_of,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.parsing import Parsing
from assetgen.analyzer.intrinsics.integrations.dbt_project.semantics import link_semantics
from assetgen.analyzer.intrinsics.integrations.dbt_project.settings import Settings


def link(settings: Settings, parsings: list[Parsing], losses: list[tuple[str, str]]) -> Manifest:
    """The manifest of the packages that were read, the first of which is the project itself."""
    nodes = {key: node for parsing in parsings for key, node in parsing.nodes.items()}
    sources = {key: node for parsing in parsings for key, node in parsing.sources.items()}
    names = _Names(nodes, sources)
    for node in list(nodes.values()):
        found, missing = names.of(node)
        node["depends_on"]["nodes"] = found
        for text in missing:
            message = f"of dbt's `{node['original_file_path']}`, {text} is nowhere defined"
            losses.append(("unresolved-dependency", message))
    for parsing in parsings:
        for test in parsing.tests:
            attached = test.pop("attached", None)
            found, missing = names.of(test)
            if attached is not None:
                found = list(dict.fromkeys((*found, attached)))
            owner = names.node(attached) if attached is not None else None
            if attached is None or owner is not None:
                test["group"] = owner.get("group") if owner is not None else test.get("group")
                test["depends_on"]["nodes"] = found
                # dbt disables what tests against something that is disabled or missing.
                if missing:
                    test["config"]["enabled"] = False
                nodes[test["unique_id"]] = test
    others = {node["unique_id"]: node for parsing in parsings for node in parsing.exposures}
    for node in others.values():
        node["depends_on"]["nodes"], _ = names.of(node)
    link_semantics(others)
    linked = {**nodes, **others}
    parents = {key: tuple(node["depends_on"]["nodes"]) for key, node in linked.items()}
    target = settings.target
    return Manifest(
        nodes=nodes,
        sources=sources,
        others=others,
        groups=tuple(group for parsing in parsings for group in parsing.groups),
        adapter_type=target.get("type") if isinstance(target, dict) else target,
        project_name=settings.name,
        project_id=_project_id(settings.name),
        parents=parents,
        children=children_of(parents),
        losses=tuple(dict.fromkeys(losses)),
    )


def _project_id(name: str) -> str:
    """What dbt writes about a project besides its name: the digest of the name."""
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


class _Names:
    """What names refer to: models, seeds and snapshots, and tables of sources."""

    def __init__(self, nodes: dict[str, Node], sources: dict[str, Node]) -> None:
        self._nodes = nodes
        self._sources = {(s["source_name"], s["name"]): key for key, s in sources.items()}
        self._source_nodes = sources
        self._by_name: dict[str, list[str]] = {}
        for key, node in nodes.items():
            self._by_name.setdefault(node["name"], []).append(key)

    def node(self, unique_id: str) -> Node | None:
        return self._nodes.get(unique_id) or self._source_nodes.get(unique_id)

    def of(self, node: Node) -> tuple[list[str], list[str]]:
        """The unique ids that a node refers to, and the references that lead nowhere."""
        found: dict[str, None] = {}
        missing: list[str] = []
        for ref in node["refs"]:
            key = self._ref(ref["name"], ref["package"], ref["version"], node["package_name"])
            if key is not None:
                found[key] = None
            else:
                missing.append(f"ref('{ref['name']}')")
        for source, table in node["sources"]:
            key = self._sources.get((source, table))
            if key is not None:
                found[key] = None
            else:
                missing.append(f"source('{source}', '{table}')")
        return list(found), missing

    def _ref(self, name: str, package: str | None, version: object, own_package: str) -> str | None:
        keys = self._by_name.get(name, [])
        if package is not None:
            keys = [key for key in keys if self._nodes[key]["package_name"] == package]
        if len(keys) > 1:
            own = [key for key in keys if self._nodes[key]["package_name"] == own_package]
            keys = own or keys
        if version is not None:
            keys = [key for key in keys if str(self._nodes[key]["version"]) == str(version)]
        versioned = [key for key in keys if self._nodes[key].get("version") is not None]
        if version is None and versioned:
            return max(keys, key=self._rank)
        return keys[0] if keys else None

    def _rank(self, key: str) -> tuple[bool, float, str]:
        """The latest version is the one declared as such, else the greatest."""
        node = self._nodes[key]
        version = node.get("version")
        is_latest = version == node.get("latest_version")
        try:
            return is_latest, float(str(version)), ""
        except ValueError:
            return is_latest, 0.0, str(version)
