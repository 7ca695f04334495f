"""Scripts that ask for the values of environment variables which the analysis was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.analyzer.project.disk import Disk
from assetgen.codegen.link.functions.environment_reads import Probe
from assetgen.codegen.link.modules.modules import Trees
from assetgen.codegen.options import PipelineOptions
from assetgen.codegen.pipeline import GeneratedScript, generate


def generate_asking(
    pipeline: Pipeline,
    options: PipelineOptions,
    analyzed_with: Callable[[Mapping[str, str]], Pipeline],
    trees: Trees | None = None,
    disk: Disk | None = None,
) -> GeneratedScript:
    """As `generate`, but a script that would hold values of variables asks for these, if possible.

    Which values are those of variables shows an analysis in which the variables have others:
    `analyzed_with` makes it.
    """
    made = generate(pipeline, options, trees, disk)
    values = made.values
    if values is None or not values.names:
        return made
    others = {name: f"assetgen-probe-{name}" for name in values.names}
    changed = replace(options, given=(*others.items(),))
    probed = generate(analyzed_with(others), changed, trees, disk).values
    if probed is None or [each.holder for each in probed.held] != [
        each.holder for each in values.held
    ]:
        return made
    probe = Probe(probed.held, probed.declaration, others, values.askable)
    return generate(pipeline, replace(options, probe=probe), trees, disk)
