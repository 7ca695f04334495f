"""The JSON document, and the schema that is shipped for it."""

import json
from dataclasses import fields

import jsonschema
import pytest
from sample_pipeline import PIPELINE

from assetgen.analyzer.model.assets import Asset, AssetCheck
from assetgen.analyzer.model.automation import Job, Resource, Schedule, Sensor
from assetgen.analyzer.model.catalogue import CATALOGUE
from assetgen.analyzer.model.diagnostics import Diagnostic
from assetgen.analyzer.model.document import SCHEMA_VERSION, document_text, schema, to_document
from assetgen.analyzer.model.environment import EnvironmentVariable
from assetgen.analyzer.model.pipeline import CodeLocation, Module, Pipeline, Unreached


@pytest.fixture(scope="module")
def validator():
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema())


def test_the_schema_describes_a_document_of_everything(validator):
    document = json.loads(json.dumps(to_document(PIPELINE), allow_nan=False))
    validator.validate(document)
    assert document["schema_version"] == SCHEMA_VERSION
    assert all(document[name] for name in document)


def test_the_schema_describes_an_empty_document(validator):
    validator.validate(to_document(Pipeline(())))


def test_the_schema_allows_nothing_else(validator):
    document = to_document(PIPELINE)
    document["assets"][0]["extra"] = 1
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(document)


def test_what_an_asset_says():
    orders, raw, report, customers = to_document(PIPELINE)["assets"]
    assert orders["key"] == ["orders"]
    assert orders["deps"] == [["crm", "customers"], ["raw", "orders"]]
    assert orders["partitions"] == "DailyPartitionsDefinition"
    assert orders["partitions_detail"]["parameters"] == {"start_date": "2024-01-01"}
    assert orders["op_name"] == "orders"
    assert orders["is_graph"] and orders["is_executable"] and not orders["stub"]
    assert orders["metadata"] == {
        "rows": 3,
        "ratio": {"shown": "nan"},
        "path": {"shown": "Path('a')"},
        "schema": {"id": ["int", None]},
    }
    assert orders["origin"]["chain"][0]["path"] == "shop/factory.py"
    assert not raw["is_executable"]
    assert (raw["io_manager_key"], raw["op_name"]) == ("io_manager", None)
    assert report["unknown"] == ["deps", "is_executable", "op_name"]
    assert customers["stub"] and not customers["is_executable"]


NOT_TOLD = {
    Asset: {"can_subset": None, "is_multi_asset": "multi_asset", "is_graph_backed": "is_graph"},
    AssetCheck: {"declared": None},
    CodeLocation: dict.fromkeys(
        (
            "assets",
            "checks",
            "steps",
            "jobs",
            "schedules",
            "sensors",
            "resources",
            "duplicates",
            "environment",
        )
    ),
    Diagnostic: {"fix": None},
    Module: {"file": None},
}
"""Fields that are called otherwise in the document, or (None) stand elsewhere or nowhere."""


@pytest.mark.parametrize(
    ("kind", "member"),
    [
        (Asset, "assets"),
        (AssetCheck, "checks"),
        (CodeLocation, "code_locations"),
        (Diagnostic, "diagnostics"),
        (EnvironmentVariable, "environment"),
        (Job, "jobs"),
        (Module, "modules"),
        (Resource, "resources"),
        (Schedule, "schedules"),
        (Sensor, "sensors"),
        (Unreached, "unreached"),
    ],
)
def test_every_field_of_the_model_is_in_the_document(kind, member):
    told = to_document(PIPELINE)[member][0]
    otherwise = NOT_TOLD.get(kind, {})
    names = {otherwise.get(field.name, field.name) for field in fields(kind)} - {None}
    assert names <= told.keys()


def test_every_family_of_diagnostics_is_a_word():
    for item in to_document(PIPELINE)["diagnostics"]:
        assert item["family"] == CATALOGUE[item["rule"]].family


def test_the_document_depends_on_the_pipeline_alone():
    assert json.dumps(to_document(PIPELINE)) == json.dumps(to_document(PIPELINE))
    assert "/somewhere" not in json.dumps(to_document(PIPELINE))


@pytest.mark.parametrize("pipeline", (PIPELINE, Pipeline(())), ids=("everything", "empty"))
def test_the_text_is_the_document(pipeline):
    text = "".join(document_text(pipeline))
    assert json.loads(text) == json.loads(json.dumps(to_document(pipeline)))
    assert list(json.loads(text)) == list(to_document(pipeline))


def test_the_text_has_an_asset_in_a_line():
    lines = "".join(document_text(PIPELINE)).splitlines()
    starts = [line for line in lines if line.startswith('{"code_location": ') and '"deps"' in line]
    assert len(starts) >= len(PIPELINE.locations[0].assets)
