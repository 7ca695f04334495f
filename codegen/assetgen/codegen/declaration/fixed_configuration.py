"""The configuration that ops and graphs were given where they are defined."""

from __future__ import annotations

from collections.abc import Iterable

from assetgen.analyzer.model.literals import Literal, Table
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.model.steps import AssetStep, GraphDefinition, OpDefinition
from assetgen.codegen.declaration.asset_description import is_plain
from assetgen.codegen.declaration.linking import Linking
from assetgen.codegen.link.fragments.expression import joined
from assetgen.codegen.link.text.literals import model_literal
from assetgen.codegen.plan.job_steps import JOB
from assetgen.codegen.script.layout import Atom, Tree


def fixed_config(steps: Iterable[AssetStep], linking: Linking) -> Tree | None:
    """The part of a run's configuration that is known before; None if there is none."""
    found: list[tuple[str, Literal]] = []
    for step in steps:
        entry = _entry(step.definition, linking, step.span)
        if entry is None:
            continue
        if step.kind == JOB and isinstance(entry, Table):
            found += [
                pair for _, ops in entry.entries if isinstance(ops, Table) for pair in ops.entries
            ]
        else:
            found.append((step.name, entry))
    return Atom(joined(model_literal(Table((("ops", Table(tuple(found))),))))) if found else None


def _entry(
    definition: OpDefinition | GraphDefinition, linking: Linking, span: Span
) -> Literal | None:
    """What a run's configuration says of an op or graph, by the names of its ops."""
    fixed = definition.fixed_config
    if fixed is not None and not is_plain(fixed):
        message = (
            f"the configuration of `{definition.name}` is more than data, which no script asks"
        )
        linking.refuse(message, span)
        return None
    if isinstance(definition, OpDefinition):
        return None if fixed is None else Table((("config", fixed),))
    if fixed is not None:
        return Table((("ops", fixed),))
    inner = [
        (each.name, _entry(each.definition, linking, each.span)) for each in definition.invocations
    ]
    known = tuple((name, entry) for name, entry in inner if entry is not None)
    return Table((("ops", Table(known)),)) if known else None
