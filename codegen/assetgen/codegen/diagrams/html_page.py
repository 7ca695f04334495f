"""One HTML page to search the asset graph and to look at it, without a server or a network."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from importlib.resources import files

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.codegen.diagrams.diagram import home_locations
from assetgen.codegen.diagrams.templates import __name__ as TEMPLATES
from assetgen.codegen.diagrams.templates import template


def render(pipeline: Pipeline, *, title: str = "Assets", mark: str = "") -> str:
    """The page: a list with a search, pictures of an asset's surroundings, and all details.

    Its script and its style are part of it and are allowed by their digests alone; names and
    texts of the project are data, which the script only ever shows as text. `mark` is a comment
    in the page's head. The same pipeline gives the same text.
    """
    style, script = (_own_file(f"page.{ending}") for ending in ("css", "js"))
    assets = _assets(pipeline)
    groups = {(each["location"], each["group"]) for each in assets}
    return template("page.jinja").render(
        mark=html.escape(mark).replace("--", "- -"),
        title=html.escape(title),
        summary=f"{_counted(len(assets), 'asset')}, {_counted(len(groups), 'group')}",
        style=style,
        style_hash=_digest(style),
        script=script,
        script_hash=_digest(script),
        data=_embedded({"title": title, "assets": assets}),
    )


def _assets(pipeline: Pipeline) -> list[dict[str, object]]:
    """The assets in the order of the list, as the script takes them: where each is made."""
    homes = home_locations(pipeline)
    drawn = [
        (location, asset)
        for location in sorted(pipeline.locations, key=lambda each: each.name)
        for asset in location.assets
        if asset.kind in ("materializable", "observable") or homes[asset.key] == location.name
    ]
    index = {(location.name, asset.key): at for at, (location, asset) in enumerate(drawn)}
    checks: dict[tuple[str, AssetKey], list[str]] = {}
    for location in pipeline.locations:
        for check in location.checks:
            checks.setdefault((location.name, check.asset), []).append(check.name)

    def place(location: CodeLocation, key: AssetKey) -> int:
        return index[location.name if (location.name, key) in index else homes[key], key]

    return [
        {
            **_described(asset),
            "location": location.name,
            "deps": sorted({place(location, each.key) for each in asset.deps if each.key in homes}),
            "checks": sorted(checks.get((location.name, asset.key), ())),
        }
        for location, asset in drawn
    ]


def _described(asset: Asset) -> dict[str, object]:
    look = "" if asset.kind == "materializable" else asset.kind
    span = asset.origin.span
    return {
        "key": str(asset.key),
        "group": asset.group_name,
        "look": look or ("conditional" if asset.conditional is not None else ""),
        "description": asset.description or "",
        "place": f"{span.path}:{span.line}" if asset.kind != "stub" else "",
        "kinds": sorted(asset.kinds),
        "owners": list(asset.owners),
        "tags": [f"{name}: {value}" if value else name for name, value in asset.tags],
        "partitions": asset.partitions.kind if asset.partitions else "",
        "unknown": sorted(asset.unknown),
    }


def _embedded(value: object) -> str:
    """JSON that can stand in a script element: no sign in it means anything to HTML."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return text.encode("utf-8", "replace").decode()


def _own_file(name: str) -> str:
    return (files(TEMPLATES) / name).read_text("utf-8")


def _digest(text: str) -> str:
    """What a content security policy calls a text by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
