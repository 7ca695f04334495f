"""assetgen's side: the code location that a recipe names, read as the command line reads it."""

import json
from typing import Any

from assetgen.analyzer.model.document import to_document
from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.cli.request import analyzed, read, request_of

from conformance.compare import Graph, graph_of_assetgen
from conformance.oracle import Oracle
from conformance.recipe import Recipe


def pipeline_of(recipe: Recipe) -> Pipeline:
    """What `assetgen analyze` makes of the location."""
    module = recipe.module or recipe.defs_module
    return analyzed(
        read(
            request_of(
                () if module else (recipe.file,) if recipe.file else (recipe.folder,),
                (module,) if module else (),
                recipe.roots,
                tuple(f"{name}={value}" for name, value in recipe.env.items()),
                (),
            )
        )
    )


def graph_of(pipeline: Pipeline, oracle: Oracle) -> Graph:
    """The pipeline in the normal form of `compare`, by way of its JSON document."""
    document = json.loads(json.dumps(to_document(pipeline)))

    def build(partitions: Any) -> Any:
        return oracle.partitions(partitions) if partitions else None

    return graph_of_assetgen(document, build)
