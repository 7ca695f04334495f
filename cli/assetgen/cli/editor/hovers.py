"""What an editor shows of the assets under the pointer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation
from assetgen.analyzer.model.printable import printable
from assetgen.cli.editor.mentions import Mention

_MOST: Final = 8


def hover_of(mentions: tuple[Mention, ...]) -> str:
    """Markdown on the mentioned assets; of many the first few."""
    blocks = ["\n".join(_told(each)) for each in mentions[:_MOST]]
    if len(mentions) > _MOST:
        blocks.append(f"… and {len(mentions) - _MOST} more assets")
    return "\n\n---\n\n".join(blocks)


def _told(mention: Mention) -> Iterator[str]:
    location, key = mention.location, mention.key
    asset = location.asset(key)
    if asset is None or asset.kind == "stub":
        yield f"{_code(key)}: nothing in `{_plain(location.name)}` defines this asset"
        return
    yield " · ".join(_summary(asset))
    rows = [
        ("depends on", _keys(dep.key for dep in asset.deps)),
        ("used by", _keys(_users(location, key))),
        (
            "checks",
            ", ".join(f"`{_plain(each.name)}`" for each in location.checks if each.asset == key),
        ),
        ("only if", f"`{_plain(asset.conditional)}`" if asset.conditional else ""),
        ("not known", ", ".join(asset.unknown)),
    ]
    for name, said in rows:
        if said:
            yield f"- {name}: {said}"
    if asset.description:
        yield ""
        yield from map(printable, asset.description.splitlines())


def _summary(asset: Asset) -> Iterator[str]:
    yield f"**{_code(asset.key)}**"
    if asset.kind != "materializable":
        yield asset.kind
    yield f"group `{_plain(asset.group_name)}`"
    yield from (f"`{_plain(kind)}`" for kind in asset.kinds)
    if asset.partitions is not None:
        yield "partitioned"


def _users(location: CodeLocation, key: AssetKey) -> Iterator[AssetKey]:
    return (each.key for each in location.assets if any(dep.key == key for dep in each.deps))


def _keys(keys: Iterable[AssetKey]) -> str:
    found = sorted({str(key) for key in keys})
    shown = ", ".join(f"`{_plain(key)}`" for key in found[:_MOST])
    return f"{shown} and {len(found) - _MOST} more" if len(found) > _MOST else shown


def _code(key: AssetKey) -> str:
    return f"`{_plain(str(key))}`"


def _plain(text: str) -> str:
    """A text for a code span on one line."""
    return " ".join(printable(text).split()).replace("`", "'")
