"""The asset graph as a table for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.partitions import Partitions
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.analyzer.model.printable import printable
from assetgen.cli.table import WHOLE, Cell, columns_of, lines_of, text_width

Style = Callable[[str, str], str]
"""Gives a text one of the looks "title", "heading", "faint", "error", "warning", "info"."""

_HEADINGS: Final = ("asset", "kinds", "depends on", "partitions", "checks", "defined at")


def plain(text: str, look: str) -> str:
    """The text itself."""
    return text


def report(pipeline: Pipeline, *, width: int | None = None, style: Style = plain) -> str:
    """Assets by code location and group, then the totals and what could not be known.

    Lines are at most `width` columns wide, or as wide as they need to be if that is None.
    """
    blocks = [
        "\n".join(block)
        for location in pipeline.locations
        for block in _location(location, len(pipeline.locations) > 1, width, style)
    ]
    blocks.append("\n".join(_summary(pipeline, style)))
    problems = list(_problems(pipeline.diagnostics, style))
    if problems:
        blocks.append("\n".join(problems))
    return "\n\n".join(blocks) + "\n"


def _location(
    location: CodeLocation, named: bool, width: int | None, style: Style
) -> Iterator[list[str]]:
    if named:
        place = location.path or location.module or ""
        title = style(printable(f"Code location {location.name}"), "title")
        title += style(printable(f"  {place}"), "faint")
        yield [title] if location.assets else [title, "  no assets"]
    checks = Counter(check.asset for check in location.checks)
    groups: dict[str, list[Asset]] = {}
    for asset in location.assets:
        if asset.kind != "stub":
            groups.setdefault(asset.group_name, []).append(asset)
    rows = {
        name: [_row(asset, checks[asset.key]) for asset in assets]
        for name, assets in sorted(groups.items())
    }
    # The same widths for all groups, so that the columns are aligned.
    every = [row for group in rows.values() for row in group]
    firm = _firm(every) if width is not None else None
    widths = columns_of(_HEADINGS, every, width, indent=2, firm=firm)
    heading = next(lines_of([[Cell((text,)) for text in _HEADINGS]], widths, indent=2))
    for number, (name, group) in enumerate(rows.items()):
        size = style(f"  {_count(len(group), 'asset')}", "faint")
        block = [style("group ", "faint") + style(printable(name), "title") + size]
        if number == 0:
            block.append(style(heading, "faint"))
        yield [*block, *lines_of(group, widths, indent=2)]
    stubs = [asset for asset in location.assets if asset.kind == "stub"]
    if stubs:
        yield _stubs(stubs, location, width, style)


def _row(asset: Asset, checks: int) -> tuple[Cell, ...]:
    mark = "" if asset.kind == "materializable" else f" ({asset.kind})"
    return (
        Cell((f"{asset.key}{mark}{' ?' if asset.conditional or 'key' in asset.unknown else ''}",)),
        _known(asset, "kinds", Cell(asset.kinds)),
        _known(asset, "deps", Cell(tuple(_unique([str(dep.key) for dep in asset.deps])))),
        _known(asset, "partitions", Cell(_partitions(asset.partitions))),
        Cell((str(checks),) if checks else ()),
        Cell((f"{asset.origin.span.path}:{asset.origin.span.line}",), keep_end=True),
    )


def _firm(rows: Sequence[tuple[Cell, ...]]) -> dict[int, int]:
    """Keys and counts are never cut, and places keep the file's name and the line."""
    names = (str(row[-1]).rpartition("/")[2] for row in rows)
    return {0: WHOLE, 4: WHOLE, 5: max((text_width(name) + 1 for name in names), default=0)}


def _known(asset: Asset, attribute: str, cell: Cell) -> Cell:
    return Cell((*cell.items, "?")) if attribute in asset.unknown else cell


def _partitions(partitions: Partitions | None) -> tuple[str, ...]:
    if partitions is None:
        return ()
    if partitions.dimensions:
        named = (f"{name}: {' '.join(_partitions(one))}" for name, one in partitions.dimensions)
        return (" × ".join(named),)
    kind = partitions.kind.removesuffix("PartitionsDefinition") or partitions.kind
    parameters = dict(partitions.parameters)
    keys, start, name = (parameters.get(n) for n in ("partition_keys", "start_date", "name"))
    if isinstance(keys, tuple):
        return (f"{kind.lower()} ({len(keys)})",)
    detail = start if isinstance(start, str) else name if isinstance(name, str) else ""
    return (f"{kind.lower()} {detail.partition(' 00:00')[0]}".rstrip(),)


def _stubs(
    stubs: Sequence[Asset], location: CodeLocation, width: int | None, style: Style
) -> list[str]:
    users: dict[str, list[str]] = {str(asset.key): [] for asset in stubs}
    for asset in location.assets:
        for dependency in asset.deps:
            users.get(str(dependency.key), []).append(str(asset.key))
    rows = [(Cell((key,)), Cell(tuple(_unique(names)))) for key, names in users.items()]
    headings = ("asset", "used by")
    widths = columns_of(headings, rows, width, indent=2)
    heading = next(lines_of([[Cell((text,)) for text in headings]], widths, indent=2))
    title = style("used, but not defined", "title")
    title += style(f"  {_count(len(stubs), 'asset')}", "faint")
    return [title, style(heading, "faint"), *lines_of(rows, widths, indent=2)]


def _summary(pipeline: Pipeline, style: Style) -> Iterator[str]:
    locations = pipeline.locations
    assets = [asset for location in locations for asset in location.assets]
    defined = [asset for asset in assets if asset.kind != "stub"]
    kinds = Counter(asset.kind for asset in defined)
    shares = [f"{number} {kind}" for kind, number in sorted(kinds.items())]
    text = _count(len(defined), "asset")
    if len(shares) > 1:
        text += f" ({', '.join(shares)})"
    counted = [
        text,
        _count(sum([_number_of_upstream(asset) for asset in assets]), "dependency"),
        _count(_groups(locations), "group"),
        *(
            _count(number, noun)
            for noun in ("check", "job", "schedule", "sensor")
            if (number := sum(len(getattr(location, f"{noun}s")) for location in locations))
        ),
    ]
    if len(locations) > 1:
        counted.append(_count(len(locations), "code location"))
    yield style(", ".join(counted), "heading")
    duplicates = (asset for location in locations for asset in location.duplicates)
    certain = sum(asset.conditional is None for asset in duplicates)
    if certain:
        keys = "a key that is" if certain == 1 else "keys that are"
        yield f"{_count(certain, 'definition')} of {keys} defined already"
    if pipeline.unreached:
        kinds = Counter(item.kind for item in pipeline.unreached)
        said = ", ".join(_count(number, kind) for kind, number in sorted(kinds.items()))
        yield f"{said} that no code location loads"


def _number_of_upstream(asset: Asset) -> int:
    deps = asset.deps
    return len(deps) if len(deps) < 2 else len({dep.key for dep in deps})


def _groups(locations: Sequence[CodeLocation]) -> int:
    names = (
        (number, asset.group_name)
        for number, location in enumerate(locations)
        for asset in location.assets
        if asset.kind != "stub"
    )
    return len(set(names))


def _problems(diagnostics: Sequence[Diagnostic], style: Style) -> Iterator[str]:
    unresolved = [item for item in diagnostics if item.family == "unresolved"]
    others = [item for item in diagnostics if item.family != "unresolved"]
    if others:
        yield style(_count(len(others), "problem"), "heading")
        yield from (_problem(item, style) for item in others)
    if unresolved:
        if others:
            yield ""
        noun = "thing" if len(unresolved) == 1 else "things"
        yield style(f"{len(unresolved)} {noun} could not be known", "heading")
        yield from (_problem(item, style) for item in unresolved)


def _problem(item: Diagnostic, style: Style) -> str:
    place = style(printable(str(item.span)), "faint")
    return f"  {place}: {style(item.code, _LOOKS[item.severity])} {printable(item.message)}"


def _unique(items: Iterable[str]) -> list[str]:
    return sorted(set(items))


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") else f"{number} {noun}s"


_LOOKS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}
