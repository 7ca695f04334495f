"""`--select`: which assets the terms mean."""

import pytest
from sample_pipeline import PIPELINE, SHOP

from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.cli.failure import UsageFailure
from assetgen.cli.selection import restricted, selected

MEANT = {
    "orders": "orders",
    "raw/orders": "raw/orders",
    "*orders": "orders raw/orders",
    "group:sales": "orders report",
    "tag:tier": "orders",
    "tag:tier=1": "orders",
    "kind:duckdb": "orders",
    "owner:team:sales": "orders",
    "key:r*": "raw/orders report",
    "+report": "crm/customers orders raw/orders report",
    "1+report": "orders report",
    "raw/orders+": "orders raw/orders report",
    "raw/orders+1": "orders raw/orders",
    "raw/orders, report": "raw/orders report",
    "+orders+": "crm/customers orders raw/orders report",
}


@pytest.mark.parametrize("terms", MEANT)
def test_terms(terms):
    assert " ".join(sorted(map(str, selected(PIPELINE, (terms,))))) == MEANT[terms]


def test_no_terms_select_nothing_in_particular():
    assert selected(PIPELINE, ()) is None


@pytest.mark.parametrize("term", ["nothing", "tag:tier=2", "colour:red", "a+b+c", "+"])
def test_terms_that_mean_nothing(term):
    with pytest.raises(UsageFailure, match="--select"):
        selected(PIPELINE, (term,))


def test_a_restricted_pipeline_has_no_edges_that_lead_out():
    part = restricted(PIPELINE, selected(PIPELINE, ("raw/orders+1",))).locations[0]
    assert [str(asset.key) for asset in part.assets] == ["orders", "raw/orders"]
    assert {str(dep.key) for asset in part.assets for dep in asset.deps} == {"raw/orders"}
    assert [step.name for step in part.steps] == ["orders"]
    assert [check.name for check in part.checks] == ["no_nulls"]


def test_selections_reach_across_code_locations():
    assert len(selected(Pipeline((SHOP, SHOP)), ("+report",))) == 4
