"""The fenced blocks that show what assetgen makes of a case: how each kind is made."""

from collections.abc import Callable, Mapping

from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.cli.report import report
from assetgen.codegen.mermaid import render


def model(pipeline: Pipeline) -> str:
    """The table of `assetgen analyze`."""
    return report(pipeline)


def mermaid(pipeline: Pipeline) -> str:
    """The diagram of `assetgen generate mermaid --detail ops`."""
    return render(pipeline, detail="ops")


RENDERERS: Mapping[str, Callable[[Pipeline], str]] = {"model": model, "mermaid": mermaid}
