"""What of a dbt project depends on which environment variable."""

from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.model.pipeline import CodeLocation

FILES = {
    "dbt/dbt_project.yml": (
        "name: shop\nprofile: shop\nmodels:\n  +schema: \"{{ env_var('SHOP_SCHEMA', 'core') }}\"\n"
    ),
    "dbt/profiles.yml": (
        "shop:\n  target: dev\n  outputs:\n    dev:\n      type: \"{{ env_var('SHOP_TYPE') }}\"\n"
        "      password: \"{{ env_var('SHOP_PASSWORD') }}\"\n      schema: public\n"
    ),
    "dbt/models/orders.sql": "select 1",
    "stages.py": "import os\n\nos.environ['SHOP_SCHEMA'] = os.environ.get('STAGE', 'test')\n",
    "other.py": (
        "import os\n\nfrom dagster import asset\n\n\n"
        "@asset(group_name=os.getenv('OTHER', 'one'))\ndef other(): ...\n"
    ),
    "shop.py": (
        "from pathlib import Path\n\nimport stages\nfrom dagster import Definitions\n"
        "from dagster_dbt import DbtProject, dbt_assets\nfrom other import other\n\n"
        "project = DbtProject(Path(__file__).parent / 'dbt')\n\n\n"
        "@dbt_assets(manifest=project.manifest_path, project=project)\n"
        "def models(context): ...\n\n\ndefs = Definitions([models, other])\n"
    ),
}


@pytest.fixture
def location(tmp_path: Path) -> CodeLocation:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    request = Request(
        paths=(tmp_path,),
        modules=("shop",),
        source_roots=(tmp_path,),
        environment={"SHOP_TYPE": "duckdb"},
        environment_effects=True,
    )
    return analyze(request).pipeline.locations[0]


def test_what_the_code_sets_reaches_dbt(location: CodeLocation) -> None:
    assert [str(asset.key) for asset in location.assets] == ["other", "test/orders"]


def test_each_variable_has_its_own_effects(location: CodeLocation) -> None:
    found = {
        variable.name: {(effect.name, *effect.attributes) for effect in variable.affects or ()}
        for variable in location.environment
    }
    assert found == {
        "OTHER": {("other", "group_name")},
        "SHOP_PASSWORD": set(),
        "SHOP_TYPE": {("test/orders", "kinds", "metadata")},
        "STAGE": {("test/orders", "existence")},
    }
