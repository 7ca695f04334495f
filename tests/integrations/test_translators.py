"""Translators that ask the integration's older methods, and dbt's defaults by name."""

from __future__ import annotations

from pathlib import Path

from tests.integrations.test_losses import assets_of, dbt_project, location_of

SLING = """
import dagster as dg
from dagster_sling import DagsterSlingTranslator, SlingResource, sling_assets
class Translator(DagsterSlingTranslator):
    def get_asset_spec(self, stream_definition):
        ask = self._resolve_back_compat_method
        return dg.AssetSpec(
            key=ask("get_asset_key", self._default_asset_key_fn, stream_definition),
            deps=ask("get_deps_asset_key", self._default_deps_fn, stream_definition),
            group_name=ask("get_group_name", self._default_group_name_fn, stream_definition),
        )
    def get_group_name(self, stream_definition):
        return "loaded"
CONFIG = {"source": "A", "target": "B", "streams": {"shop.orders": None}}
@sling_assets(replication_config=CONFIG, dagster_sling_translator=Translator())
def loads(context, sling: SlingResource): ...
defs = dg.Definitions(assets=[loads])
"""
DLT = """
import dagster as dg
import dlt
from dagster_dlt import DagsterDltTranslator, dlt_assets
class Translator(DagsterDltTranslator):
    def get_asset_spec(self, data):
        ask = self._resolve_back_compat_method
        return dg.AssetSpec(
            key=ask("get_asset_key", self._default_asset_key_fn, data.resource),
            deps=ask("get_deps_asset_keys", self._default_deps_fn, data.resource),
            kinds=ask("get_kinds", self._default_kinds_fn, data.resource, data.destination),
        )
    def get_asset_key(self, resource):
        return dg.AssetKey(["web", resource.name])
@dlt.source
def web():
    @dlt.resource
    def hits():
        yield {}
    return hits
@dlt_assets(
    dlt_source=web(),
    dlt_pipeline=dlt.pipeline("p", destination="duckdb"),
    dagster_dlt_translator=Translator(),
)
def loads(context): ...
defs = dg.Definitions(assets=[loads])
"""
DEFAULTS = """
import dagster as dg
from pathlib import Path
from dagster_dbt import DbtProject, dbt_assets
from dagster_dbt.asset_utils import DBT_DEFAULT_EXCLUDE, DBT_DEFAULT_SELECT
project = DbtProject(Path(__file__).parent / "dbt")
def make(select=DBT_DEFAULT_SELECT, exclude=DBT_DEFAULT_EXCLUDE):
    @dbt_assets(manifest=project.manifest_path, select=select, exclude=exclude)
    def models(context): ...
    return models
defs = dg.Definitions(assets=[make()])
"""
SECTIONS = """
import dagster as dg
from pathlib import Path
from dagster_dbt import DagsterDbtTranslator, DbtProject, dbt_assets
project = DbtProject(Path(__file__).parent / "dbt")
LOADED = {"orders": dg.AssetKey("orders_file"), "letters": dg.AssetKey("letters_file")}
class Translator(DagsterDbtTranslator):
    def get_asset_spec(self, manifest, unique_id, project=None):
        spec = super().get_asset_spec(manifest, unique_id, project)
        nodes = {**manifest.get("nodes", {}), **manifest.get("snapshots", {})}
        node = nodes.get(unique_id, {})
        if node.get("resource_type") not in ("model", "snapshot"):
            return spec
        more = set()
        for key in node.get("depends_on", {}).get("nodes", []):
            if key.startswith("source."):
                name = manifest.get("sources", {}).get(key, {}).get("name", "")
                if LOADED.get(name):
                    more.add(LOADED[name])
        known = {dep.asset_key for dep in spec.deps}
        deps = [dg.AssetDep(key) for key in more if key not in known]
        return spec.replace_attributes(deps=[*spec.deps, *deps])
@dbt_assets(manifest=project.manifest_path, dagster_dbt_translator=Translator())
def models(context): ...
defs = dg.Definitions(assets=[models])
"""


BASES = """
import dagster as dg
from pathlib import Path
from dagster_dbt import DagsterDbtTranslator, DbtProject, dbt_assets
project = DbtProject(Path(__file__).parent / "dbt")
class Translator(DagsterDbtTranslator):
    @classmethod
    def get_asset_key(cls, props):
        if props["name"] == "a":
            return super().get_asset_key(cls, props).with_prefix("one")
        return DagsterDbtTranslator.get_asset_key(cls, props).with_prefix("two")
    def get_group_name(self, props):
        return DagsterDbtTranslator.get_group_name(self, dbt_resource_props=props) or "models"
@dbt_assets(manifest=project.manifest_path, dagster_dbt_translator=Translator())
def models(context): ...
defs = dg.Definitions(assets=[models])
"""


def test_the_translator_of_sling_names_assets(tmp_path: Path) -> None:
    location, told = location_of(tmp_path, {"main.py": SLING})
    (asset,) = assets_of(location).values()
    assert str(asset.key) == "target/shop/orders"
    assert ["/".join(dep.key.parts) for dep in asset.deps] == ["shop/orders"]
    assert asset.group_name == "loaded"
    assert told == []


def test_the_translator_of_dlt_names_assets(tmp_path: Path) -> None:
    location, told = location_of(tmp_path, {"main.py": DLT})
    (asset,) = assets_of(location).values()
    assert str(asset.key) == "web/hits"
    assert [str(dep.key) for dep in asset.deps] == ["web_hits"]
    assert sorted(asset.kinds) == ["dlt", "duckdb"]
    assert told == []


def test_defaults_of_the_translator_of_dbt(tmp_path: Path) -> None:
    location, told = location_of(tmp_path, dbt_project({"a.sql": "select 1"}, DEFAULTS))
    assert list(assets_of(location)) == ["a"]
    assert told == []


def test_sections_of_a_manifest(tmp_path: Path) -> None:
    files = {
        "a.sql": "select * from {{ source('raw', 'orders') }}",
        "b.sql": "select * from {{ ref('a') }}",
        "raw.yml": "sources: [{name: raw, tables: [{name: orders}, {name: letters}]}]",
    }
    location, told = location_of(tmp_path, dbt_project(files, SECTIONS))
    assets = assets_of(location)
    deps = {key: [str(dep.key) for dep in assets[key].deps] for key in ("a", "b")}
    assert deps == {"a": ["raw/orders", "orders_file"], "b": ["a"]}
    assert told == []


def test_methods_of_the_translator_that_are_called_on_its_class(tmp_path: Path) -> None:
    files = {"a.sql": "select 1", "b.sql": "select * from {{ ref('a') }}"}
    location, told = location_of(tmp_path, dbt_project(files, BASES))
    assets = assets_of(location)
    assert {key: asset.group_name for key, asset in assets.items()} == {
        "one/a": "models",
        "two/b": "models",
    }
    assert told == []
