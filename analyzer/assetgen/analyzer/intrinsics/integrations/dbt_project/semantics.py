"""Semantic models, metrics, saved queries and unit tests: their names and what they refer to.

They are not assets, but selections lead through them: `+metric:revenue`, `@orders`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed, table
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Node
from assetgen.analyzer.intrinsics.integrations.dbt_project.parsing import Parsing
from assetgen.analyzer.intrinsics.integrations.dbt_project.reading import SourceFile

_SECTIONS: Final = {
    "semantic_models": "semantic_model",
    "metrics": "metric",
    "saved_queries": "saved_query",
    "unit_tests": "unit_test",
}


def add_semantics(parsing: Parsing, file: SourceFile, data: dict[str, Any]) -> None:
    """The entries of these sections of a property file; templates in them are not read."""
    for section, kind in _SECTIONS.items():
        for entry in listed(data.get(section)):
            is_named = isinstance(entry, dict) and isinstance(entry.get("name"), str)
            if is_named and table(entry.get("config")).get("enabled", True) is not False:
                parsing.exposures += _nodes(parsing, file, kind, entry)


def link_semantics(others: dict[str, Node]) -> None:
    """Add the metrics that each depends on, and the models that have their measures."""
    owners: dict[tuple[str, str], str] = {}
    for key, node in others.items():
        if node["resource_type"] == "metric":
            owners["metric", node["name"]] = key
        owners.update((("measure", name), key) for name in node.get("measures", ()))
    for node in others.values():
        found = [owners[ask] for ask in node.pop("asks", ()) if ask in owners]
        depends = node["depends_on"]
        depends["nodes"] = list(dict.fromkeys((*depends["nodes"], *found)))


def _nodes(parsing: Parsing, file: SourceFile, kind: str, entry: dict[str, Any]) -> Iterator[Node]:
    reading = parsing.rendering()
    model = entry.get("model")
    if isinstance(model, str) and kind in ("semantic_model", "unit_test"):
        reading.scan(f"{{{{ {model} }}}}" if "(" in model else f"{{{{ ref('{model}') }}}}")
    above = (model,) if kind == "unit_test" and isinstance(model, str) else ()
    refs = [
        {"name": name, "package": package, "version": version}
        for package, name, version in reading.refs
    ]
    measures = [one for one in listed(entry.get("measures")) if isinstance(one, dict)]
    yield {
        **_node(parsing, file, kind, entry, above),
        "refs": refs,
        "measures": [str(one.get("name")) for one in measures],
        "asks": tuple(_asks(kind, entry)),
    }
    for measure in measures:
        if measure.get("create_metric") is True and isinstance(measure.get("name"), str):
            asks = (("measure", measure["name"]),)
            yield {**_node(parsing, file, "metric", measure, ()), "asks": asks}


def _node(
    parsing: Parsing, file: SourceFile, kind: str, entry: dict[str, Any], above: tuple[str, ...]
) -> Node:
    package, name = parsing.settings.name, entry["name"]
    config = table(entry.get("config"))
    tags = sorted({str(tag) for tag in (*listed(entry.get("tags")), *listed(config.get("tags")))})
    return {
        "unique_id": ".".join((kind, package, *above, name)),
        "name": name,
        "resource_type": kind,
        "package_name": package,
        "path": file.path,
        "original_file_path": file.original,
        "fqn": [package, *file.folders, *above, name],
        "meta": table(config.get("meta")),
        "tags": tags,
        "config": {"enabled": True, "group": config.get("group"), "tags": tags},
        "refs": [],
        "sources": [],
        "depends_on": {"macros": [], "nodes": []},
    }


def _asks(kind: str, entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The names of the measures and metrics that it refers to."""
    if kind == "saved_query":
        for metric in listed(table(entry.get("query_params")).get("metrics")):
            yield "metric", str(metric)
    if kind != "metric":
        return
    given = table(entry.get("type_params"))
    further = ("conversion_type_params", "cumulative_type_params")
    for part in (given, *(table(given.get(key)) for key in further)):
        for key, what in _PARAMETERS.items():
            for one in listed(part.get(key)):
                name = one.get("name") if isinstance(one, dict) else one
                yield what, str(name)


_PARAMETERS: Final = {
    "measure": "measure",
    "base_measure": "measure",
    "conversion_measure": "measure",
    "metric": "metric",
    "metrics": "metric",
    "numerator": "metric",
    "denominator": "metric",
}
