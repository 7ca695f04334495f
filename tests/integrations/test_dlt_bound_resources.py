"""Functions of dlt resources that give other resources, and the readers that come with dlt."""

from pathlib import Path

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.model.pipeline import Pipeline

CODE = """
import dlt
from dagster import Definitions
from dagster_dlt import dlt_assets
from dlt.extract.resource import DltResource
from dlt.sources.filesystem import filesystem, readers


@dlt.transformer
def parse(items, columns):
    "Parses files."
    yield from items


@dlt.resource
def trips(kind: str) -> DltResource:
    "Trips of a kind."
    files = filesystem(bucket_url="x", file_glob=f"{kind}*")
    return (files | parse(columns=["a"])).with_name(f"{kind}_trips")


@dlt.resource(name="replaced", table_name="replaced")
def replaced(kind: str) -> DltResource:
    "Made of other data."
    return dlt.resource([1, 2], name=f"{kind}_numbers")


@dlt.resource
def not_annotated(kind: str):
    "Called by dlt when it loads."
    return dlt.resource([1, 2], name=f"{kind}_numbers")


@dlt.resource
def generated(kind: str) -> DltResource:
    "A generator."
    yield dlt.resource([1, 2], name=f"{kind}_numbers")


@dlt.resource
def annotated_by_text(kind: str) -> "DltResource":
    "Dlt does not look up the text."
    return dlt.resource([1, 2], name=f"{kind}_own")


@dlt.resource
def not_called() -> DltResource:
    "It has no arguments to be bound."
    return dlt.resource([1, 2], name="inner")


@dlt.source
def source():
    return (
        trips("green"),
        replaced("odd"),
        not_annotated("even"),
        generated("g"),
        annotated_by_text("q"),
        filesystem("x"),
        not_called,
    )


@dlt.source
def called():
    return not_called()


PIPELINE = dlt.pipeline(pipeline_name="p", destination="duckdb", dataset_name="d")


@dlt_assets(dlt_source=source(), dlt_pipeline=PIPELINE, name="a")
def a(context): ...


@dlt_assets(dlt_source=readers("x").with_resources("read_csv"), dlt_pipeline=PIPELINE, name="b")
def b(context): ...


@dlt_assets(dlt_source=called(), dlt_pipeline=PIPELINE, name="c")
def c(context): ...


defs = Definitions([a, b, c])
"""


def _analyzed(folder: Path, code: str) -> Pipeline:
    (folder / "main.py").write_text(code)
    request = Request(modules=("main",), source_roots=(folder,), paths=(folder,))
    return analyze(request).pipeline


def test_a_function_annotated_to_give_a_resource_is_called_with_its_arguments(
    tmp_path: Path,
) -> None:
    found = {
        str(asset.key): (
            [str(dep.key) for dep in asset.deps],
            asset.description,
            dict(asset.metadata)["dagster/table_name"],
        )
        for asset in _analyzed(tmp_path, CODE).locations[0].assets
        if asset.kind != "stub"
    }
    assert {key: asset for key, asset in found.items() if not key.startswith("dlt_readers")} == {
        "dlt_source_green_trips": (
            ["source_filesystem_green_trips"],
            "Parses files.",
            "green_trips",
        ),
        "dlt_source_odd_numbers": (["source_odd_numbers"], None, "odd_numbers"),
        "dlt_source_not_annotated": (
            ["source_not_annotated"],
            "Called by dlt when it loads.",
            "not_annotated",
        ),
        "dlt_source_generated": (["source_generated"], "A generator.", "generated"),
        "dlt_source_annotated_by_text": (
            ["source_annotated_by_text"],
            "Dlt does not look up the text.",
            "annotated_by_text",
        ),
        "dlt_source_filesystem": (["source_filesystem"], None, "filesystem"),
        "dlt_source_not_called": (
            ["source_not_called"],
            "It has no arguments to be bound.",
            "not_called",
        ),
        "dlt_called_inner": (["called_inner"], None, "inner"),
    }


def test_readers_of_files_are_a_source(tmp_path: Path) -> None:
    location = _analyzed(tmp_path, CODE).locations[0]
    reader = next(one for one in location.assets if str(one.key) == "dlt_readers_read_csv")
    assert [str(dep.key) for dep in reader.deps] == ["readers_filesystem"]
    assert "description" in reader.unknown


def test_what_such_a_function_gives_may_be_unknown(tmp_path: Path) -> None:
    code = CODE.replace('dlt.resource([1, 2], name="inner")', "made_elsewhere()")
    pipeline = _analyzed(tmp_path, "from elsewhere import made_elsewhere\n" + code)
    assets = pipeline.locations[0].assets
    assert not any(str(one.key).startswith("dlt_called") for one in assets)
    assert any("what elsewhere.made_elsewhere gives" in one.message for one in pipeline.diagnostics)
