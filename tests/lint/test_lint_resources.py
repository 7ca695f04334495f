"""Resources that ops need, and whether anything provides them."""

from dataclasses import replace

from lint.pipelines import pipeline

from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.model.automation import Resource
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline
from assetgen.analyzer.model.spans import Origin, Span
from assetgen.analyzer.model.steps import Need


def needing(**attributes: object) -> CodeLocation:
    """One asset whose op needs the resource `db`, with an IO manager of the key `lake`."""
    [location] = pipeline("orders").locations
    [asset], [step] = location.assets, location.steps
    return replace(
        location,
        assets=(replace(asset, io_manager_key="lake"),),
        steps=(replace(step, needs=(Need("resource", "db"),), origin=asset.origin),),
        **attributes,
    )


def test_resources_that_nothing_provides() -> None:
    findings = lint(Pipeline((needing(),)), sources=lambda _: None).findings
    assert [finding.message for finding in findings] == [
        "`orders` needs the IO manager `lake`, which no Definitions provides",
        "`orders` needs the resource `db`, which no Definitions provides",
    ]


def test_resources_that_something_may_provide() -> None:
    place = Origin(Span("shop.py", 9, 1, 9, 2))
    known = tuple(Resource(key, None, place) for key in ("db", "lake"))
    for location in (needing(resources=known), needing(unknown=("resources",))):
        assert lint(Pipeline((location,)), sources=lambda _: None).findings == ()
