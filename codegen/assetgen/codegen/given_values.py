"""Values of environment variables that a script would hold: secrets may be among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.analyzer.model.spans import Span
from assetgen.codegen.link.fragments.problems import UNLINKABLE_VALUE, problem

# A shorter value may be a part of a text by chance.
_TELLING = 8


def values_written(
    given: Mapping[str, str],
    pipeline: Pipeline,
    literals: Iterable[tuple[str, Span]],
    declaration: str,
) -> Iterator[Diagnostic]:
    """What there is to say of variables that the code reads while it is loaded, and whose `given`
    values a script holds: among the `literals` that functions hold on to, each with a place, or in
    the declaration of the pipeline."""
    places: dict[str, Span] = {}
    for variable in (each for location in pipeline.locations for each in location.environment):
        if given.get(variable.name):
            for read in variable.reads:
                if read.when == "import":
                    places.setdefault(variable.name, read.span)
    if not places:
        return
    written = [*literals]
    for name, place in places.items():
        value = given[name]
        spans = {span for source, span in written if _is_in(value, source, whole=True)}
        if not spans and _is_in(value, declaration):
            spans = {place}
        for span in sorted(spans):
            message = (
                f"the value that the environment variable `{name}` was given is written into the "
                "script, which does not ask for the variable here"
            )
            yield problem(UNLINKABLE_VALUE, message, span, Severity.WARNING)


def _is_in(value: str, source: str, *, whole: bool = False) -> bool:
    """Whether a value is a part of a source, or one of its texts as a `whole`."""
    inside = repr(value)[1:-1]
    if len(value) >= _TELLING:
        return inside in source or value in source
    return whole and any(f"{quote}{inside}{quote}" in source for quote in "'\"")
