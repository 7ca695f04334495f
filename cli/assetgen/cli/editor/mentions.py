"""Which assets stand at a place of the source, and where an asset is defined and depended on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.analyzer.model.spans import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that defines an asset of a code location, or that depends on it."""

    location: CodeLocation
    key: AssetKey
    span: Span
    defines: bool


def mentions_at(pipeline: Pipeline, path: str, line: int, column: int) -> tuple[Mention, ...]:
    """What the innermost place around a character mentions; a factory's code may mention many
    assets. Lines and columns count from 1, as in spans."""
    position = line, column
    around = [
        mention
        for mention in _mentions(pipeline)
        if mention.span.path == path
        and mention.span[1:3] <= position <= (mention.span.end_line, mention.span.end_column)
    ]
    if not around:
        return ()
    inner = max((each.span for each in around), key=_depth)
    return _once(each for each in around if each.span == inner)


def definitions_of(mentions: Iterable[Mention]) -> tuple[Span, ...]:
    """Where the mentioned assets are defined; nowhere for those that only others depend on."""
    assets = (each.location.asset(each.key) for each in mentions)
    return _sorted(
        asset.origin.span for asset in assets if asset is not None and asset.kind != "stub"
    )


def uses_of(mentions: Iterable[Mention]) -> tuple[Span, ...]:
    """Where other assets depend on the mentioned ones."""
    return _sorted(
        dep.span
        for mention in mentions
        for asset in mention.location.assets
        for dep in asset.deps
        if dep.key == mention.key
    )


def assets_like(pipeline: Pipeline, query: str) -> tuple[tuple[str, str, Span], ...]:
    """The keys that contain a text, each with its code location and where it is defined."""
    wanted = query.lower()
    return tuple(
        (str(asset.key), location.name, asset.origin.span)
        for location in pipeline.locations
        for asset in location.assets
        if asset.kind != "stub" and wanted in str(asset.key).lower()
    )


def first_line(span: Span) -> Span:
    """What of a span is on its first line, with the end of that line if it goes on."""
    if span.end_line == span.line:
        return span
    return Span(span.path, span.line, span.column, span.line + 1, 1)


def _mentions(pipeline: Pipeline) -> Iterator[Mention]:
    for location in pipeline.locations:
        for asset in (*location.assets, *location.duplicates):
            if asset.kind != "stub":
                for span in _defining(asset):
                    yield Mention(location, asset.key, span, True)
            for dep in asset.deps:
                yield Mention(location, dep.key, dep.span, False)


def _defining(asset: Asset) -> Iterator[Span]:
    """The line that names an asset, without what follows it, and what makes its key."""
    yield first_line(asset.origin.span)
    for name, place in asset.places:
        if name in ("key", "name"):
            yield place


def _depth(span: Span) -> tuple[int, int, int, int]:
    return span.line, span.column, -span.end_line, -span.end_column


def _once(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Each asset once: several assets of a module may depend on it in one place."""
    found = {(each.location.name, each.key): each for each in mentions}
    return tuple(found.values())


def _sorted(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans)))
