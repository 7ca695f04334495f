"""Values of environment variables that a script would hold: secrets may be among them."""

from __future__ import annotations

from collections.abc import Mapping

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.diagnostics import Diagnostic, Severity
from assetgen.analyzer.model.environment import EnvironmentRead
from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.codegen.link.fragments.problems import UNLINKABLE_VALUE, problem
from assetgen.codegen.link.functions.environment_reads import Held, Probe

# A shorter value may be a part of a text by chance.
_TELLING = 8


@dataclass(frozen=True, slots=True)
class GivenValues:
    """What a script holds of the values that variables were given: `told` says of which, `names`
    and places. It could ask for those that are `askable`. Beside that, where they may be: in the
    data that functions have `held`, and in the declaration of the pipeline."""

    told: tuple[Diagnostic, ...]
    names: tuple[str, ...]
    askable: frozenset[str]
    held: tuple[Held, ...]
    declaration: str


def given_values(
    given: Mapping[str, str],
    pipeline: Pipeline,
    held: tuple[Held, ...],
    declaration: str,
    probe: Probe | None = None,
) -> GivenValues:
    """What there is to say of the variables that the code reads while it is loaded. Without a
    `probe` a value may be there by chance."""
    told: list[Diagnostic] = []
    names: list[str] = []
    askable: set[str] = set()
    for name, reads in _reads(pipeline).items():
        value, other = given.get(name), probe.values.get(name) if probe is not None else None
        if not value:
            continue
        spans = {each.holder for each in held if _is_held(value, each, other)}
        # Where the code has a default, the variable may not be set when the script runs.
        if spans and not any(each.has_default for each in reads):
            askable.add(name)
        is_declared = probe is None or other is None or other in probe.declaration
        if not spans and is_declared and _is_in(value, declaration):
            spans = {reads[0].span}
        names += [name] if spans else []
        for span in sorted(spans):
            message = (
                f"the value that the environment variable `{name}` was given is written into the "
                "script, which does not ask for the variable here"
            )
            told.append(problem(UNLINKABLE_VALUE, message, span, Severity.WARNING))
    return GivenValues(tuple(told), tuple(names), frozenset(askable), held, declaration)


def _is_held(value: str, held: Held, other: str | None) -> bool:
    if other is None or held.probed is None:
        return _is_in(value, held.source, whole=True)
    return repr(value)[1:-1] in held.source and repr(other)[1:-1] in held.probed


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
