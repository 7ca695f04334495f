"""The fenced blocks that show what assetgen makes of a case: how each kind is made."""

from collections.abc import Callable, Mapping
from importlib.metadata import version

from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.cli.report import report
from assetgen.codegen.diagrams.mermaid import render
from assetgen.codegen.options import PipelineOptions
from assetgen.codegen.pipeline import generate


def model(pipeline: Pipeline) -> str:
    """The table of `assetgen analyze`."""
    return report(pipeline)


def mermaid(pipeline: Pipeline) -> str:
    """The diagram of `assetgen generate mermaid --detail ops`."""
    return render(pipeline, detail="ops")


def generated(pipeline: Pipeline) -> str:
    """The script of `assetgen generate pipeline --import-runtime`, of whatever version."""
    script = generate(pipeline, PipelineOptions(import_runtime=True))
    text = script.text or "".join(f"{each.message}\n" for each in script.diagnostics)
    number = version("assetgen")
    for before in ("assetgen ", "assetgen~="):
        text = text.replace(f"{before}{number}", f"{before}VERSION")
    return text


RENDERERS: Mapping[str, Callable[[Pipeline], str]] = {
    "model": model,
    "mermaid": mermaid,
    "generated": generated,
}
