"""What cannot be known of integrations is told once, and names what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.pipeline import CodeLocation

DBT = """
from pathlib import Path
import dagster as dg
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets
project = DbtProject(Path(__file__).parent / "dbt")
@dbt_assets(manifest=project.manifest_path, project=project)
def models(context, dbt: DbtCliResource): ...
defs = dg.Definitions(assets=[models])
"""
PROJECT = "name: shop\nprofile: shop\n"
PROFILES = "shop: {target: dev, outputs: {dev: {type: duckdb, path: a.duckdb}}}\n"


def location_of(folder: Path, files: dict[str, str]) -> tuple[CodeLocation, list[str]]:
    """The location of `main.py`, and what is told of what could not be known."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    request = Request(modules=("main",), source_roots=(folder,), paths=(folder,))
    pipeline = analyze(request).pipeline
    told = [item.message for item in pipeline.diagnostics if item.rule.startswith("unresolved")]
    return pipeline.locations[0], told


def dbt_project(models: dict[str, str], main: str = DBT, **files: str) -> dict[str, str]:
    written = {f"dbt/models/{name}": text for name, text in models.items()}
    given = {"main.py": main, "dbt/dbt_project.yml": PROJECT, "dbt/profiles.yml": PROFILES}
    return {**given, **written, **{f"dbt/{name}": text for name, text in files.items()}}


def assets_of(location: CodeLocation) -> dict[str, Asset]:
    return {str(asset.key): asset for asset in location.assets if asset.kind != "stub"}


def test_a_manifest_that_nothing_makes(tmp_path: Path) -> None:
    location, told = location_of(
        tmp_path,
        {
            "main.py": """
import dagster as dg
from dagster_dbt import dbt_assets
@dbt_assets(manifest="/elsewhere/target/manifest.json")
def models(context): ...
@dg.asset
def other(): ...
defs = dg.Definitions(assets=[models, other])
"""
        },
    )
    assert list(assets_of(location)) == ["other"]
    assert len(told) == 1
    assert "the assets of dbt_assets are not known" in told[0]
    assert "target/manifest.json` is not in the repository" in told[0]


def test_a_project_elsewhere_is_taken_for_the_only_one(tmp_path: Path) -> None:
    main = DBT.replace('Path(__file__).parent / "dbt"', '"/opt/shop/dbt"')
    location, told = location_of(tmp_path, dbt_project({"a.sql": "select 1"}, main))
    assert list(assets_of(location)) == ["a"]
    assert len(told) == 1
    assert "which dbt project is meant is not known" in told[0]


@pytest.mark.parametrize(
    ("maker", "holder"),
    [
        ("dagster_fivetran.load_fivetran_asset_specs(1)", "the Fivetran workspace is not asked"),
        ("dagster_airbyte.load_airbyte_asset_specs(1)", "the Airbyte workspace is not asked"),
        ("dagster_looker.load_looker_asset_specs(1)", "the Looker instance is not asked"),
        ("dagster_tableau.load_tableau_asset_specs(1)", "the Tableau workspace is not asked"),
        ("dagster_powerbi.load_powerbi_asset_specs(1)", "the Power BI workspace is not asked"),
    ],
)
def test_assets_of_a_workspace_are_one_loss(tmp_path: Path, maker: str, holder: str) -> None:
    package = maker.partition(".")[0]
    main = f"import dagster as dg\nimport {package}\ndefs = dg.Definitions(assets=[*{maker}])\n"
    location, told = location_of(tmp_path, {"main.py": main})
    assert location.assets == ()
    assert [message for message in told if holder in message] == told
    assert len(told) == 1


def test_assets_of_a_decorated_workspace_are_one_loss(tmp_path: Path) -> None:
    main = """
import dagster as dg
from dagster_fivetran import fivetran_assets
@fivetran_assets(connector_id="x", workspace=None)
def synced(context): ...
defs = dg.Definitions(assets=[synced])
"""
    _, told = location_of(tmp_path, {"main.py": main})
    expected = "the assets of fivetran_assets are not known: the Fivetran workspace is not asked"
    assert told == [expected]


def test_references_under_an_unknown_condition(tmp_path: Path) -> None:
    models = {
        "a.sql": "select 1",
        "b.sql": "select 1\n{% if env_var('DEEP') == '1' %}\n, {{ ref('a') }}\n{% endif %}",
    }
    location, told = location_of(tmp_path, dbt_project(models))
    assert [str(dep.key) for dep in assets_of(location)["b"].deps] == ["a"]
    assert told == [
        "of dbt's `models/b.sql`, what line 2 refers to stands under a condition that is not known"
    ]


def test_references_in_every_part_of_an_unknown_condition(tmp_path: Path) -> None:
    parts = (
        "{{ ref('a') }}\n{% if env_var('DEEP') == '1' %}\n{{ ref('c') }}{{ ref('a') }}\n",
        "{% elif env_var('DEEP') == '2' %}\n{{ ref('c') }}\n",
        "{% else %}\n{{ ref('c') }}\n{% endif %}",
    )
    models = {"a.sql": "select 1", "b.sql": "".join(parts), "c.sql": "select 1"}
    location, told = location_of(tmp_path, dbt_project(models))
    assert [str(dep.key) for dep in assets_of(location)["b"].deps] == ["a", "c"]
    assert told == []


def test_a_reference_by_a_name_that_is_not_known(tmp_path: Path) -> None:
    models = {"a.sql": "select * from {{ ref(env_var('TABLE')) }}"}
    _, told = location_of(tmp_path, dbt_project(models))
    assert told == ["of dbt's `models/a.sql`, a ref() is not known: the environment variable TABLE"]


def test_without_a_profile_the_kinds_are_not_known(tmp_path: Path) -> None:
    files = dbt_project({"a.sql": "select 1", "b.sql": "select 1"})
    del files["dbt/profiles.yml"]
    location, told = location_of(tmp_path, files)
    assert [asset.unknown for asset in assets_of(location).values()] == [("kinds",), ("kinds",)]
    assert len(told) == 2  # kinds, and names of tables, of the project as a whole


def test_a_package_that_is_not_installed(tmp_path: Path) -> None:
    packages = "packages: [{package: dbt-labs/dbt_utils}, {package: acme/models_of_acme}]\n"
    files = dbt_project({"a.sql": "select 1"}, **{"packages.yml": packages})
    _, told = location_of(tmp_path, files)
    assert told == ["the dbt package models_of_acme is not in the repository: nor are its models"]


def test_models_outside_of_the_repository(tmp_path: Path) -> None:
    files = dbt_project({"a.sql": "select 1"}, **{"../../outside/b.sql": "select 1"})
    files["dbt/dbt_project.yml"] += "model-paths: [models, ../../outside]\n"
    location, told = location_of(tmp_path / "repository", files)
    assert sorted(assets_of(location)) == ["a"]
    assert told == [
        "what the folder `../../outside` of the dbt project holds: outside of the project"
    ]


def test_a_file_of_yaml_that_is_too_long_is_named(tmp_path: Path) -> None:
    main = """
from pathlib import Path
import dagster as dg
import yaml
names = yaml.safe_load(Path(__file__).with_name("names.yaml").read_text())
defs = dg.Definitions(assets=[dg.AssetSpec(name) for name in names])
"""
    text = "- a\n" * 100_001
    _, told = location_of(tmp_path, {"main.py": main, "names.yaml": text})
    assert len(told) == 1
    assert "400,004 characters of YAML in" in told[0]
    assert told[0].endswith("names.yaml`")


def test_templates_are_bounded_and_not_run(tmp_path: Path) -> None:
    models = {
        "deep.sql": "{% for a in range(999) %}{% for b in range(999) %}{{ a }}{% endfor %}"
        "{% endfor %}",
        "inner.sql": "{{ ''.__class__.__mro__[1].__subclasses__() }}{{ open('canary', 'w') }}",
        "self.sql": "{{ again() }}",
        "broken.sql": "select {{ 1",
    }
    macro = "{% macro again() %}{{ again() }}{% endmacro %}"
    location, told = location_of(tmp_path, dbt_project(models, **{"macros/again.sql": macro}))
    assert sorted(assets_of(location)) == ["broken", "deep", "inner", "self"]
    assert len(told) == 2
    assert not list(tmp_path.rglob("canary"))


def test_a_manifest_in_the_repository_goes_before_the_project(tmp_path: Path) -> None:
    node = {
        "unique_id": "model.shop.made",
        "name": "made",
        "resource_type": "model",
        "package_name": "shop",
        "raw_code": "select 1",
        "description": "Made by hand.",
        "config": {"schema": "dw", "materialized": "table"},
        "depends_on": {"nodes": ["source.shop.raw.t"]},
        "tags": ["x", "not a tag"],
        "meta": {"dagster": {"group": "g", "owners": ["team:a"]}},
        "fqn": ["shop", "made"],
        "original_file_path": "models/made.sql",
    }
    source = {
        "unique_id": "source.shop.raw.t",
        "name": "t",
        "source_name": "raw",
        "resource_type": "source",
        "package_name": "shop",
    }
    manifest = {
        "metadata": {"adapter_type": "snowflake"},
        "nodes": {node["unique_id"]: node},
        "sources": {source["unique_id"]: source},
    }
    files = dbt_project({"a.sql": "select 1"}, **{"target/manifest.json": json.dumps(manifest)})
    location, told = location_of(tmp_path, files)
    (made,) = assets_of(location).values()
    assert str(made.key) == "dw/made"
    assert [str(dep.key) for dep in made.deps] == ["raw/t"]
    assert (made.group_name, made.owners, made.tags) == ("g", ("team:a",), (("x", ""),))
    assert made.kinds == ("dbt", "snowflake")
    assert made.code_version == "3232003928f9fe86a9cb634f450d5a53a4025819"
    assert told == []


def test_a_dlt_source_from_elsewhere(tmp_path: Path) -> None:
    main = """
import dagster as dg, dlt
from acme import source
from dagster_dlt import dlt_assets
@dlt_assets(dlt_source=source(), dlt_pipeline=dlt.pipeline("p", destination="duckdb"))
def loaded(context): ...
defs = dg.Definitions(assets=[loaded])
"""
    _, told = location_of(tmp_path, {"main.py": main})
    assert told == ["the assets of dlt_assets are not known: what acme.source gives"]


def test_a_replication_that_is_not_there(tmp_path: Path) -> None:
    main = """
import dagster as dg
from dagster_sling import sling_assets
@sling_assets(replication_config="replication.yaml")
def copied(context): ...
defs = dg.Definitions(assets=[copied])
"""
    _, told = location_of(tmp_path, {"main.py": main})
    assert len(told) == 1
    assert "replication.yaml` is not read: no such file" in told[0]


def test_a_sling_stream_named_by_the_place_of_the_checkout(tmp_path: Path) -> None:
    main = """
from pathlib import Path
import dagster as dg
from dagster_sling import SlingResource, sling_assets
here = Path(__file__).parent
replication = {
    "source": "LOCAL",
    "target": "DUCKDB",
    "defaults": {"mode": "full-refresh", "object": "{stream_file_name}"},
    "streams": {f"file://{here}/trees.csv": {"object": "main.trees"}},
}
@sling_assets(replication_config=replication)
def loaded(context, sling: SlingResource): ...
defs = dg.Definitions(assets=[loaded])
"""
    _, told = location_of(tmp_path, {"main.py": main, "trees.csv": "id\\n"})
    assert any("`trees.csv` of a Sling stream" in message for message in told)


def test_a_key_that_sling_would_write_otherwise(tmp_path: Path) -> None:
    main = """
import dagster as dg
from dagster_sling import SlingResource, sling_assets
streams = {"public.a": {"meta": {"dagster": {"asset_key": "a/x"}}}, "public.b": None}
@sling_assets(replication_config={"source": "A", "target": "B", "streams": streams})
def copied(context, sling: SlingResource): ...
defs = dg.Definitions(assets=[copied])
"""
    location, told = location_of(tmp_path, {"main.py": main})
    assert [str(asset.key) for asset in location.assets if asset.kind == "materializable"] == [
        "target/public/b"
    ]
    assert any("`a/x` is refused" in message for message in told)


def test_the_spec_of_a_sling_stream_without_a_name(tmp_path: Path) -> None:
    main = """
import dagster as dg
from dagster_sling import DagsterSlingTranslator
defs = dg.Definitions(assets=[DagsterSlingTranslator().get_asset_spec({"config": {}})])
"""
    _, told = location_of(tmp_path, {"main.py": main})
    assert any("KeyError: 'name'" in message for message in told)


@pytest.mark.parametrize(
    ("package", "decorator", "said"),
    [
        ("dagster_dbt", "dbt_assets(manifest=5)", "`manifest` takes a path or a dictionary, not 5"),
        ("dagster_dbt", "dbt_assets(manifest={}, select=['a'])", "`select` takes a string"),
        (
            "dagster_dbt",
            "dbt_assets(manifest={}, dagster_dbt_translator=Own)",
            "takes an object of a translator, not",
        ),
        (
            "dagster_sling",
            "sling_assets(replication_config=5)",
            "`replication_config` takes a",
        ),
        (
            "dagster_dlt",
            "dlt_assets(dlt_source=rows, dlt_pipeline=dlt.pipeline('a'))",
            "`dlt_source` takes what a source gives",
        ),
    ],
)
def test_arguments_that_are_refused(
    tmp_path: Path, package: str, decorator: str, said: str
) -> None:
    main = f"""
import dagster as dg
import dlt
import {package}
from dagster_dbt import DagsterDbtTranslator
class Own(DagsterDbtTranslator): ...
@dlt.source
def rows(): ...
@{package}.{decorator}
def made(context): ...
"""
    (tmp_path / "main.py").write_text(main)
    request = Request(modules=("main",), source_roots=(tmp_path,), paths=(tmp_path,))
    told = [each for each in analyze(request).pipeline.diagnostics if each.rule == "wrong-type"]
    assert [each.message.startswith(said) or said in each.message for each in told] == [True]
