"""Scripts with resources."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.codegen.models import SPAN, key
from tests.codegen.projects import Project
from tests.codegen.scripts import asset_step, made, refused

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.automation import Resource
from assetgen.analyzer.model.spans import Origin
from assetgen.analyzer.model.steps import (
    Output,
)
from assetgen.codegen.options import PipelineOptions
from assetgen.codegen.pipeline import generate


def test_a_mapping_of_resources_is_looked_into(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import dagster as dg\n"
            "ALL = {'db': [1], 'api': dg.unknown()}\n"
            "BOTH = dict(db=[2])\n\n\n"
            "def f(db):\n    return db\n\n\n"
            "one = dg.Definitions(resources={'db': [3], 'api': dg.unknown()})\n"
            "two = dg.Definitions(resources=BOTH)\n"
        ),
    )
    step = asset_step("f", project.function("a:f"), resources=(("db", "db"),))
    for text, expected in (("{'db': [3], 'api': dg.unknown()}", [3]), ("BOTH", [2])):
        place = project.expression("a", f"resources={text}")
        span = place._replace(column=place.column + len("resources="))
        resources = (Resource("db", None, Origin(span)),)
        run = project.run(made(project.pipeline([step], resources=resources)))
        assert run.value("f") == expected, run.err


def test_resources_of_a_function(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "def f(db):\n    return db\n\n\n"
            "def definitions(place):\n"
            "    from fractions import Fraction\n"
            "    return [Fraction(1, 2), Fraction(place)]\n"
        ),
    )
    step = asset_step("f", project.function("a:f"), resources=(("db", "db"),))

    def bound(text):
        return (Resource("db", None, Origin(project.expression("a", text))),)

    run = project.run(made(project.pipeline([step], resources=bound("Fraction(1, 2)"))))
    assert str(run.value("f")) == "1/2"
    (problem,) = refused(project.pipeline([step], resources=bound("Fraction(place)")))
    assert "`place` is a variable of the function around" in problem.message


def test_what_a_function_does_happens_where_it_is_called_and_not_where_its_attributes_are(tmp_path):
    """Here the call of `configured` opens nothing: the definitions change no list."""
    project = Project.of(
        tmp_path,
        a=(
            "import dagster as dg\n"
            "OPENED = []\n\n\n"
            "@dg.resource(config_schema={'n': int})\n"
            "def db(context):\n"
            "    OPENED.append(context.resource_config['n'])\n"
            "    return 'open'\n\n\n"
            "def f(db):\n    return [db, OPENED]\n\n\n"
            "defs = dg.Definitions(\n"
            "    assets=dg.unknown(), resources={'db': db.configured({'n': 8})}\n"
            ")\n"
        ),
    )
    step = asset_step("f", project.function("a:f"), resources=(("db", "db"),))
    span = project.expression("a", "db.configured({'n': 8})")
    run = project.run(
        made(project.pipeline([step], resources=(Resource("db", None, Origin(span)),)))
    )
    assert run.value("f") == ["open", [8]], run.err


def test_locations_that_disagree_are_not_put_together(tmp_path):
    project = Project.of(tmp_path, a="A = 1\nB = 2\n\n\ndef f(db):\n    return db\n")
    step = asset_step("f", project.function("a:f"), resources=(("db", "db"),))
    one = project.pipeline(
        [step], resources=(Resource("db", None, Origin(project.expression("a", "1"))),)
    )
    other = project.pipeline(
        [], resources=(Resource("db", None, Origin(project.expression("a", "2"))),)
    )
    both = replace(one, locations=(replace(one.locations[0], name="one"), *other.locations))
    assert any("several code locations" in each.message for each in refused(both))
    assert generate(both, PipelineOptions(location="one")).text is not None


def test_a_package_that_needs_dagster_and_has_an_equal(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import dagster_duckdb\n"
            "from dagster_duckdb import DuckDBResource as Database\n"
            "from dagster._utils.backoff import backoff\n\n\n"
            "def rows(db: Database):\n"
            "    kind = dagster_duckdb.DuckDBResource\n"
            "    return backoff(lambda: isinstance(db, kind), (OSError,))\n"
            "\n\nRESOURCES = {'db': Database(database=':memory:')}\n"
        ),
    )
    span = project.expression("a", "Database(database=':memory:')")
    resources = (Resource("db", None, Origin(span)),)
    step = asset_step("rows", project.function("a:rows"), resources=(("db", "db"),))
    text = made(project.pipeline([step], resources=resources))
    assert '#     "duckdb",' in text
    assert "import dagster" not in text
    assert "from dagster" not in text
    assert project.run(text).value("rows") is True


def test_a_step_that_runs_dbt(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "from dagster_dbt import DbtCliResource, dbt_assets, DagsterDbtTranslator\n\n"
            'SKIPPED = "old"\n\n\n'
            "@dbt_assets(manifest={}, exclude=SKIPPED, translator=DagsterDbtTranslator)\n"
            "def models(context, dbt: DbtCliResource):\n"
            '    yield from dbt.cli(["build"], context=context).stream()\n\n\n'
            'RESOURCES = {"dbt": DbtCliResource("shop")}\n'
        ),
    )
    stg = Asset(
        key("stg"),
        "materializable",
        Origin(SPAN),
        kinds=("dbt", "duckdb"),
        metadata=(("dagster_dbt/unique_id", "model.shop.stg"),),
    )
    step = asset_step(
        "models",
        project.function("a:models"),
        outputs=(Output("stg", is_required=False, is_nothing=True),),
        assets=(("stg", key("stg")),),
        kind="multi_asset",
        takes_context=True,
        resources=(("dbt", "dbt"),),
    )
    span = project.expression("a", 'DbtCliResource("shop")')
    resources = (Resource("dbt", None, Origin(span)),)
    text = made(project.pipeline([step], [stg], resources=resources))
    assert '#     "dbt-core",\n#     "dbt-duckdb",\n' in text
    assert 'tags={"dagster_dbt/select": "fqn:*", "dagster_dbt/exclude": SKIPPED}' in text
    assert "dbt_assets" not in text
    assert "DagsterDbtTranslator" not in text
    listed = project.run(text, "--list")
    assert listed.code == 0, listed.err


def test_a_step_that_runs_dlt(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "from dagster_dlt import DagsterDltResource, DagsterDltTranslator, dlt_assets\n\n\n"
            "def source():\n    return 'source'\n\n\n"
            "class Named(DagsterDltTranslator):\n"
            "    def get_group_name(self, resource):\n        return 'lake'\n\n\n"
            "@dlt_assets(dlt_source=source(), dlt_pipeline='p', dagster_dlt_translator=Named())\n"
            "def loaded(context, dlt: DagsterDltResource):\n"
            "    yield from dlt.run(context=context)\n"
        ),
    )
    step = asset_step("loaded", project.function("a:loaded"), takes_context=True)
    asset = Asset(key("loaded"), "materializable", Origin(SPAN), kinds=frozenset({"dlt"}))
    text = made(project.pipeline([step], [asset]))
    assert "@dlt_assets" not in text
    assert "class Named(DagsterDltTranslator):" in text
    for line in (
        '"dagster_dlt/source": source()',
        "\"dagster_dlt/pipeline\": 'p'",
        '"dagster_dlt/translator": Named()',
    ):
        assert line in text


@pytest.mark.parametrize("package", ["dagster_sling", "dagster_embedded_elt.sling"])
def test_a_step_that_runs_sling(package, tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            f"from {package} import DagsterSlingTranslator, SlingResource, sling_assets\n\n"
            "STREAMS = {'streams': {'public.orders': None}}\n\n\n"
            "class Named(DagsterSlingTranslator):\n"
            "    def get_group_name(self, stream_definition):\n        return 'lake'\n\n\n"
            "@sling_assets(replication_config=STREAMS, dagster_sling_translator=Named('raw'))\n"
            "def copied(context, sling: SlingResource):\n"
            "    yield from sling.replicate(context=context)\n"
        ),
    )
    step = asset_step("copied", project.function("a:copied"), takes_context=True)
    text = made(project.pipeline([step]))
    assert "@sling_assets" not in text
    assert '"dagster_sling/replication": STREAMS' in text
    assert "\"dagster_sling/translator\": Named('raw')" in text
    assert '#     "sling",\n' in text
    assert '#     "pyyaml",\n' in text


@pytest.mark.parametrize(
    ("kinds", "stated", "needed"),
    [
        ({"dlt"}, "dlt", "dlt"),
        ({"dlt", "duckdb"}, "unrelated", "dlt[duckdb]"),
        ({"dlt", "duckdb"}, "dlt[s3,duckdb] >=1.4", "dlt[duckdb,s3] >=1.4"),
        ({"dlt", "snowflake"}, "dlt>=1.4,<2", "dlt[snowflake]>=1.4,<2"),
        ({"dlt", "own"}, "dlt~=1.4", "dlt~=1.4"),
    ],
)
def test_dlt_comes_with_what_its_destination_needs(kinds, stated, needed, tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import dlt\nfrom dagster_dlt import DagsterDltResource, dlt_assets\n\n\n"
            "@dlt_assets(dlt_source=dlt.source(), dlt_pipeline=dlt.pipeline('p'))\n"
            "def loaded(context, loader: DagsterDltResource):\n"
            "    yield from loader.run(context=context)\n"
        ),
    )
    step = asset_step("loaded", project.function("a:loaded"), takes_context=True)
    asset = Asset(key("loaded"), "materializable", Origin(SPAN), kinds=frozenset(kinds))
    text = made(project.pipeline([step], [asset]), requirements=(stated,))

    assert f'#     "{needed}",\n' in text


@pytest.mark.parametrize("import_runtime", [False, True])
def test_what_the_runtime_lacks_is_told(import_runtime, tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import dagster as dg\nfrom pydantic import model_validator\n\n\n"
            "class Settings(dg.Config):\n"
            "    size: int = 1\n\n"
            "    @model_validator(mode='wrap')\n"
            "    def fit(self, handler):\n        return handler(self)\n\n\n"
            "def loaded(context, config: Settings):\n"
            "    return context.no_such, context.instance.nor_this, context.run_id, config\n\n\n"
            "def other(context: dg.AssetExecutionContext):\n"
            "    return dg.AssetKey.of_nothing('a'), context.neither\n"
        ),
    )
    steps = [
        asset_step("loaded", project.function("a:loaded"), takes_context=True, config="Settings"),
        asset_step("other", project.function("a:other"), takes_context=True),
    ]
    told = refused(project.pipeline(steps), import_runtime=import_runtime)
    assert [(each.span.line, each.message) for each in told] == [
        (8, "`model_validator(mode='wrap')` is pydantic's, which the script does not ask"),
        (14, "`AssetExecutionContext.no_such` has no equivalent outside Dagster"),
        (14, "`AssetExecutionContext.instance.nor_this` has no equivalent outside Dagster"),
        (18, "`AssetKey.of_nothing` has no equivalent outside Dagster"),
        (18, "`AssetExecutionContext.neither` has no equivalent outside Dagster"),
    ]
