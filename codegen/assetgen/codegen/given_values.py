"""Values of environment variables that a script would hold: secrets may be among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.environment import EnvironmentRead
from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.codegen.link.fragments.problems import UNLINKABLE_VALUE, problem
from assetgen.codegen.link.functions.environment_reads import Held

# A shorter value may be a part of a text by chance.
_TELLING = 8


@dataclass(frozen=True, slots=True)
class Written:
    """What there is to say of values that a script holds. `askable` are variables whose values
    functions hold, and which the code always needs."""

    told: tuple[Diagnostic, ...] = ()
    askable: tuple[str, ...] = ()


def values_written(
    given: Mapping[str, str], pipeline: Pipeline, held: Iterable[Held], declaration: str
) -> Written:
    """The variables that the code reads while it is loaded, and whose `given` values a script
    holds: in the data that functions hold on to, or in the declaration of the pipeline."""
    told: list[Diagnostic] = []
    askable: list[str] = []
    for name, reads in _reads(pipeline).items():
        value = given.get(name)
        if not value:
            continue
        spans = {each.holder for each in held if _is_in(value, each.source, whole=True)}
        if spans and not any(each.has_default for each in reads):
            askable.append(name)
        if not spans and _is_in(value, declaration):
            spans = {reads[0].span}
        for span in sorted(spans):
            message = (
                f"the value that the environment variable `{name}` was given is written into the "
                "script, which does not ask for the variable here"
            )
            told.append(problem(UNLINKABLE_VALUE, message, span, Severity.WARNING))
    return Written(tuple(told), tuple(askable))


def _reads(pipeline: Pipeline) -> dict[str, list[EnvironmentRead]]:
    """The places where each variable is read while the code is loaded."""
    found: dict[str, list[EnvironmentRead]] = {}
    for variable in (each for location in pipeline.locations for each in location.environment):
        for read in variable.reads:
            if read.when == "import":
                found.setdefault(variable.name, []).append(read)
    return found


def _is_in(value: str, source: str, *, whole: bool = False) -> bool:
    """Whether a value is a part of a source, or one of its texts as a `whole`."""
    inside = repr(value)[1:-1]
    if len(value) >= _TELLING:
        return inside in source or value in source
    return whole and any(f"{quote}{inside}{quote}" in source for quote in "'\"")
