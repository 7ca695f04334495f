"""Steps made by hand, and the scripts that are made of them."""

from __future__ import annotations

from script_faults import faults_of
from tests.codegen.models import SPAN, key

from assetgen.analyzer.model.diagnostics import Severity
from assetgen.analyzer.model.spans import Origin
from assetgen.analyzer.model.steps import (
    AssetInput,
    AssetStep,
    Input,
    OpDefinition,
    Output,
)
from assetgen.codegen.options import PipelineOptions
from assetgen.codegen.pipeline import generate


def feed(name: str, asset: str = "", **attributes: object) -> AssetInput:
    return AssetInput(name, key(asset or name), key(asset or name), SPAN, **attributes)


def asset_step(name, function, *inputs, outputs=(), assets=(), kind="asset", checks=(), **op):
    definition = OpDefinition(
        name,
        function,
        tuple(Input(each.input, each.is_nothing) for each in inputs),
        outputs or (Output("result"),),
        **op,
    )
    return AssetStep(
        name,
        kind,
        definition,
        inputs,
        assets or ((("result", key(name)),) if kind == "asset" else ()),
        checks,
        origin=Origin(function.span),
    )


def made(pipeline, **options) -> str:
    result = generate(pipeline, PipelineOptions(**options))
    assert result.text is not None, result.diagnostics
    assert faults_of(result.text, "pipeline.py") == ()
    return result.text


def refused(pipeline, **options):
    result = generate(pipeline, PipelineOptions(**options))
    assert result.text is None
    return [each for each in result.diagnostics if each.severity is Severity.ERROR]
