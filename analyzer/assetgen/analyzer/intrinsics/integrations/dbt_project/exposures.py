"""Exposures: uses of a dbt project's tables, as declared in property files."""

from __future__ import annotations

from typing import Any

from assetgen.analyzer.intrinsics.integrations.dbt_project.configs import listed, table
from assetgen.analyzer.intrinsics.integrations.dbt_project.parsing import Parsing
from assetgen.analyzer.intrinsics.integrations.dbt_project.reading import SourceFile


def add_exposure(parsing: Parsing, file: SourceFile, data: dict[str, Any]) -> None:
    """One entry of `exposures`, its templates already rendered."""
    config = table(data.get("config"))
    if config.get("enabled", True) is False:
        return
    reading = parsing.rendering()
    for text in listed(data.get("depends_on")):
        reading.scan(f"{{{{ {text} }}}}")
    package, name = parsing.settings.name, data["name"]
    tags = sorted({str(tag) for tag in (*listed(data.get("tags")), *listed(config.get("tags")))})
    meta = {**table(data.get("meta")), **table(config.get("meta"))}
    parsing.exposures.append(
        {
            "unique_id": f"exposure.{package}.{name}",
            "name": name,
            "resource_type": "exposure",
            "package_name": package,
            "path": file.path,
            "original_file_path": file.original,
            "fqn": [package, *file.folders, name],
            "type": data.get("type"),
            "owner": {"email": None, "name": None, **table(data.get("owner"))},
            "description": parsing.text(data.get("description")),
            "label": data.get("label"),
            "maturity": data.get("maturity"),
            "url": data.get("url"),
            "meta": meta,
            "tags": tags,
            "config": {"enabled": True, "tags": tags, "meta": meta},
            "metrics": [],
            "refs": [
                {"name": model, "package": other, "version": version}
                for other, model, version in dict.fromkeys(reading.refs)
            ],
            "sources": [list(pair) for pair in dict.fromkeys(reading.sources)],
            "depends_on": {"macros": [], "nodes": []},
        }
    )
