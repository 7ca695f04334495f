"""Resources of a REST API that ask for something of others come from these, as in dlt."""

from pathlib import Path

from assetgen.analyzer.analysis import Request, analyze

CODE = """
import dlt
from dagster import Definitions
from dagster_dlt import dlt_assets
from dlt.sources.rest_api import rest_api_source

source = rest_api_source(
    {
        "client": {"base_url": "http://x"},
        "resources": [
            "posts",
            {
                "name": "comments",
                "endpoint": {
                    "path": "posts/{id}/comments",
                    "params": {"id": {"type": "resolve", "resource": "posts", "field": "id"}},
                },
            },
            {"name": "likes", "endpoint": "comments/{resources.comments.id}/likes"},
            {"name": "users", "endpoint": {"path": "users"}},
        ],
    },
    name="api",
)


@dlt_assets(dlt_source=source, dlt_pipeline=dlt.pipeline("p", destination="duckdb"))
def loads(context): ...


defs = Definitions([loads])
"""


def test_dependencies_of_rest_api_resources(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(CODE)
    request = Request(modules=("main",), source_roots=(tmp_path,), paths=(tmp_path,))
    assets = analyze(request).pipeline.locations[0].assets
    assert {
        str(asset.key): [str(dep.key) for dep in asset.deps]
        for asset in assets
        if asset.kind != "stub"
    } == {
        "dlt_api_posts": ["api_posts"],
        "dlt_api_comments": ["api_posts"],
        "dlt_api_likes": ["api_posts"],
        "dlt_api_users": ["api_users"],
    }


RESOURCES = """
import dlt
from dagster import Definitions
from dagster_dlt import dlt_assets
from dlt.sources.rest_api import rest_api_resources

CONFIG = {"client": {"base_url": "http://x"}, "resources": ["posts", {"name": "users"}]}


def users():
    return rest_api_resources(CONFIG)[1]


@dlt.source
def shop():
    @dlt.resource
    def prices(): ...

    return prices, users()


@dlt_assets(dlt_source=shop(), dlt_pipeline=dlt.pipeline("p", destination="duckdb"))
def loads(context): ...


defs = Definitions([loads])
"""


def test_resources_belong_to_the_source_that_gives_them(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(RESOURCES)
    request = Request(modules=("main",), source_roots=(tmp_path,), paths=(tmp_path,))
    pipeline = analyze(request).pipeline
    made = [str(each.key) for each in pipeline.locations[0].assets if each.kind != "stub"]
    assert made == ["dlt_shop_prices", "dlt_shop_users"]
    assert not pipeline.diagnostics


HINTS = """
import dlt
from dagster import Definitions
from dagster_dlt import dlt_assets
from dlt.sources.rest_api import rest_api_source

source = rest_api_source(
    {
        "client": {"base_url": "http://x"},
        "resource_defaults": {"table_name": "shared"},
        "resources": [
            "posts",
            {"name": "firms", "table_name": "firm"},
            {"name": "hidden", "selected": False},
            {"name": "kids", "endpoint": "h/{resources.hidden.id}"},
        ],
    },
)


@dlt_assets(dlt_source=source, dlt_pipeline=dlt.pipeline("p", destination="duckdb"))
def loads(context): ...


defs = Definitions([loads])
"""


def test_rest_api_resources_may_be_left_out_and_name_their_tables(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(HINTS)
    request = Request(modules=("main",), source_roots=(tmp_path,), paths=(tmp_path,))
    assets = analyze(request).pipeline.locations[0].assets
    assert {
        str(asset.key): (
            [str(dep.key) for dep in asset.deps],
            dict(asset.metadata)["dagster/table_name"],
        )
        for asset in assets
        if asset.kind != "stub"
    } == {
        "dlt_rest_api_posts": (["rest_api_posts"], "shared"),
        "dlt_rest_api_firms": (["rest_api_firms"], "firm"),
        "dlt_rest_api_kids": (["rest_api_hidden"], "shared"),
    }
