"""Small models made by hand, for tests that need no analysis."""

from __future__ import annotations

from assetgen.analyzer.model.assets import Asset, Dependency
from assetgen.analyzer.model.functions import FunctionRef
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.analyzer.model.spans import Origin, Span
from assetgen.analyzer.model.steps import (
    AssetInput,
    AssetStep,
    GraphDefinition,
    Input,
    Invocation,
    OpDefinition,
    Output,
    Source,
)

SPAN = Span("assets.py", 1, 1, 1, 2)
ORIGIN = Origin(SPAN)


def key(text: str) -> AssetKey:
    return AssetKey(tuple(text.split("/")))


def asset(name: str | AssetKey, *deps: str | AssetKey, **attributes: object) -> Asset:
    def made(value: str | AssetKey) -> AssetKey:
        return key(value) if isinstance(value, str) else value

    return Asset(
        key=made(name),
        kind=attributes.pop("kind", "materializable"),
        origin=ORIGIN,
        deps=tuple(Dependency(made(dep), made(dep), "deps", SPAN) for dep in deps),
        **attributes,
    )


def function(name: str, module: str = "assets") -> FunctionRef:
    return FunctionRef(module, f"{module}.py", name, SPAN)


def op(name: str, *inputs: str) -> OpDefinition:
    return OpDefinition(
        name, function(name), tuple(Input(each) for each in inputs), (Output("result"),)
    )


def use(
    definition: OpDefinition | GraphDefinition, alias: str = "", **inputs: Source
) -> Invocation:
    return Invocation(alias or definition.name, definition, tuple(inputs.items()), SPAN)


def step(
    name: str, definition: OpDefinition | GraphDefinition, *assets: str, **attributes: object
) -> AssetStep:
    inputs = attributes.pop("inputs", {})
    return AssetStep(
        name=name,
        kind=attributes.pop("kind", "asset"),
        definition=definition,
        inputs=tuple(AssetInput(each, key(text), key(text), SPAN) for each, text in inputs.items()),
        assets=tuple(
            (output.name, key(text))
            for output, text in zip(definition.outputs, assets, strict=False)
        ),
        **attributes,
    )


def location(*assets: Asset, steps: tuple[AssetStep, ...] = (), name: str = "src") -> CodeLocation:
    return CodeLocation(name, None, None, tuple(sorted(assets, key=lambda a: a.key)), (), steps)


def pipeline(*parts: Asset | CodeLocation) -> Pipeline:
    locations = tuple(part for part in parts if isinstance(part, CodeLocation))
    loose = tuple(part for part in parts if isinstance(part, Asset))
    return Pipeline((*locations, *((location(*loose),) if loose else ())))
