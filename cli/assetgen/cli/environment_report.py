"""The environment variables that a project reads, as a table for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from assetgen.analyzer.model.environment import EnvironmentEffect, EnvironmentVariable
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.analyzer.model.printable import printable
from assetgen.cli.report import Style, plain
from assetgen.cli.table import WHOLE, Cell, columns_of, lines_of

_HEADINGS: Final = ("variable", "state", "read at", "what depends on it")
_ORDER: Final = ("required", "optional", "default", "given")


def environment_report(
    pipeline: Pipeline, *, width: int | None = None, style: Style = plain
) -> str:
    """The variables by code location, those that must be set first; never their values.

    Lines are at most `width` columns wide, or as wide as they need to be if that is None.
    """
    blocks = [
        "\n".join(_location(location, len(pipeline.locations) > 1, width, style))
        for location in pipeline.locations
    ]
    variables = [item for location in pipeline.locations for item in location.environment]
    blocks.append(style(_summary(variables), "heading"))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _location(
    location: CodeLocation, named: bool, width: int | None, style: Style
) -> Iterator[str]:
    if named:
        place = location.path or location.module or ""
        title = style(printable(f"Code location {location.name}"), "title")
        yield title + style(printable(f"  {place}"), "faint")
        if not location.environment:
            yield "  no environment variables"
    variables = sorted(location.environment, key=lambda item: (_ORDER.index(item.state), item.name))
    rows = [_row(variable) for variable in variables]
    if not rows:
        return
    indent = 2 if named else 0
    widths = columns_of(_HEADINGS, rows, width, indent=indent, firm={0: WHOLE, 1: WHOLE})
    heading = next(lines_of([[Cell((text,)) for text in _HEADINGS]], widths, indent=indent))
    yield style(heading, "faint")
    yield from lines_of(rows, widths, indent=indent)


def _row(variable: EnvironmentVariable) -> tuple[Cell, ...]:
    is_late = all(read.when == "run" for read in variable.reads)
    places = dict.fromkeys(f"{read.span.path}:{read.span.line}" for read in variable.reads)
    return (
        Cell((variable.name,)),
        Cell((f"{variable.state}, when it runs" if is_late else variable.state,)),
        Cell(tuple(places), keep_end=True),
        Cell(tuple(_effects(variable.affects or ()))),
    )


def _effects(effects: Iterable[EnvironmentEffect]) -> Iterator[str]:
    made = dict.fromkeys(
        f"{effect.kind} named by it at {effect.span.path}:{effect.span.line}"
        for effect in effects
        if effect.name is None
    )
    for effect in effects:
        if effect.name is not None:
            told = ", ".join(name for name in effect.attributes if name != "existence")
            thing = effect.name if effect.kind == "asset" else f"{effect.kind} {effect.name}"
            yield f"{thing} ({told})" if told else thing
    yield from made


def _summary(variables: list[EnvironmentVariable]) -> str:
    if not variables:
        return "no environment variables are read"
    noun = "environment variable" if len(variables) == 1 else "environment variables"
    counts = [(state, sum(item.state == state for item in variables)) for state in _ORDER]
    shares = ", ".join(f"{number} {state}" for state, number in counts if number)
    deciding = sum(bool(item.affects) for item in variables)
    return f"{len(variables)} {noun} ({shares}); the graph depends on {deciding or 'none'}"
