"""assetgen's side: the code location that a recipe names, as its analyser reads it."""

import json
from datetime import date
from typing import Any

from conformance.compare import Graph, graph_of_assetgen
from conformance.oracle import Oracle
from conformance.recipe import Recipe

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.model.document import to_document
from assetgen.analyzer.model.pipeline import Pipeline


def pipeline_of(recipe: Recipe) -> Pipeline:
    """What assetgen makes of the location; like Dagster, it knows the recipe's environment only,
    and the year."""
    module = recipe.module or recipe.defs_module
    analysis = analyze(
        Request(
            paths=(recipe.file,) if recipe.file else (),
            modules=(module,) if module else (),
            source_roots=recipe.roots,
            environment=recipe.env,
            unset=recipe.unset,
            now=(date.today().year,),
        )
    )
    assert not analysis.mistakes, analysis.mistakes
    return analysis.pipeline


def diagnostics_of(pipeline: Pipeline) -> list[str]:
    """What assetgen told, one line each: often the reason of a difference."""
    return [
        f"{each.span.path}:{each.span.line}: {each.rule}: {each.message}"
        for each in pipeline.diagnostics
    ]


def graph_of(pipeline: Pipeline, oracle: Oracle) -> Graph:
    """The pipeline in the normal form of `compare`, by way of its JSON document."""
    document = json.loads(json.dumps(to_document(pipeline)))

    def build(partitions: Any) -> Any:
        return oracle.partitions(partitions) if partitions else None

    return graph_of_assetgen(document, build)
