"""What dbt makes of less common parts of a project; each was tried with dbt 1.10 and 1.11."""

from __future__ import annotations

from pathlib import Path

import pytest

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.manifest import Manifest
from assetgen.analyzer.intrinsics.integrations.dbt_project.place import Place
from assetgen.analyzer.intrinsics.integrations.dbt_project.project import read_project
from assetgen.analyzer.intrinsics.integrations.dbt_project.selection.selection import select_ids
from assetgen.analyzer.intrinsics.integrations.dbt_project.selection.selectors import select_by_name
from assetgen.analyzer.project.files.project_files import ProjectFiles

PROFILES = "shop: {target: dev, outputs: {dev: {type: duckdb, path: a.duckdb, schema: main}}}\n"
PROJECT = "name: shop\nprofile: shop\n"


def read(folder: Path, files: dict[str, str]) -> Manifest:
    for name, text in {
        "dbt_project.yml": PROJECT,
        "profiles.yml": PROFILES,
        **files,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = read_project(ProjectFiles((folder,)), Place(folder), lambda name, default: default)
    assert not isinstance(found, Lost)
    return found


def test_variables_hold_templates_and_missing_ones_are_none(tmp_path: Path) -> None:
    manifest = read(
        tmp_path,
        {
            "dbt_project.yml": PROJECT + "vars: {mode: \"{{ env_var('MODE', 'full') }}\"}\n",
            "models/a.sql": "select 1",
            "models/b.sql": (
                "{% if var('mode') == 'full' %}{{ ref('a') }}{% endif %}"
                "{% if var('nobody') %}{{ ref('nowhere') }}{% endif %}"
            ),
        },
    )
    assert manifest.nodes["model.shop.b"]["depends_on"]["nodes"] == ["model.shop.a"]
    assert manifest.losses == ()


def test_versions_include_columns_and_their_tests(tmp_path: Path) -> None:
    manifest = read(
        tmp_path,
        {
            "models/m_v1.sql": "select 1",
            "models/m_v2.sql": "select 1",
            "models/m.yml": """
models:
  - name: m
    latest_version: 2
    columns: [{name: id, data_tests: [unique]}, {name: x, data_tests: [not_null]}, {name: y}]
    versions:
      - v: 1
      - v: 2
        columns:
          - include: all
            exclude: [x]
          - {name: y, description: another}
""",
        },
    )
    columns = manifest.nodes["model.shop.m.v2"]["columns"]
    assert {name: column["description"] for name, column in columns.items()} == {
        "id": "",
        "y": "another",
    }
    tests = [node["name"] for node in manifest.nodes.values() if node["resource_type"] == "test"]
    assert tests == ["unique_m_v1_id", "not_null_m_v1_x", "unique_m_v2_id"]


def test_docs_blocks_are_templates(tmp_path: Path) -> None:
    manifest = read(
        tmp_path,
        {
            "models/a.sql": "select 1",
            "models/a.md": "{% docs a %}One {{ 'and' }} two{% enddocs %}",
            "models/a.yml": "models: [{name: a, description: \"{{ doc('a') }}\"}]",
        },
    )
    assert manifest.nodes["model.shop.a"]["description"] == "One and two"


FILES = {
    "models/a.sql": "{{ config(tags=['one', 'two'], meta={'level': 1}, group='g') }} select 1",
    "models/b.sql": "select * from {{ ref('a') }} -- {{ source('raw', 's') }}",
    "models/off.sql": "{{ config(enabled=false) }} select 1",
    "models/s.yml": """
groups: [{name: g, owner: {email: a@b.co}}]
sources: [{name: raw, tables: [{name: s, data_tests: [{rel: {to: "ref('off')"}}]}]}]
models:
  - name: a
    columns:
      - name: id
        data_tests:
          - unique
          - relationships: {arguments: {to: ref('off'), field: id}, name: to_off}
""",
    "tests/both.sql": "select * from {{ ref('a') }} join {{ ref('b') }}",
    "tests/on_source.sql": "select * from {{ source('raw', 's') }}",
    "selectors.yml": """
selectors:
  - name: empty
    definition: {method: fqn, value: a, indirect_selection: empty}
  - name: cautious
    definition: {method: fqn, value: a, indirect_selection: cautious}
""",
}


@pytest.mark.parametrize(
    ("select", "names"),
    [
        ("a", ["a", "both", "unique_a_id"]),
        ("config.tags:t*", []),
        ("config.tags:two", ["a", "both", "unique_a_id"]),
        ("config.meta.level:1", []),
        ("group:*", ["a", "both", "unique_a_id"]),
        ("access:protected", []),
        ("test_type:generic", []),
        ("version:latest", []),
        ("shop", ["a", "b", "both", "on_source", "unique_a_id"]),
    ],
)
def test_a_selection_chooses_the_models_that_dbt_chooses(
    tmp_path: Path, select: str, names: list[str]
) -> None:
    manifest = read(tmp_path, FILES)
    found = select_ids(manifest, select, "")
    assert not isinstance(found, Lost)
    assert sorted(manifest.nodes[key]["name"] for key in found if key in manifest.nodes) == names


def test_a_test_against_what_is_off_is_selected_by_nobody(tmp_path: Path) -> None:
    manifest = read(tmp_path, FILES)
    off = [node["name"] for node in manifest.nodes.values() if node["config"]["enabled"] is False]
    found = select_ids(manifest, "fqn:*", "")
    assert not isinstance(found, Lost)
    assert off == ["source_rel_raw_s_ref_off_", "to_off"]
    assert not set(off) & {manifest.nodes[key]["name"] for key in found if key in manifest.nodes}


@pytest.mark.parametrize(("name", "names"), [("empty", ["a"]), ("cautious", ["a", "unique_a_id"])])
def test_tests_of_a_selector(tmp_path: Path, name: str, names: list[str]) -> None:
    manifest = read(tmp_path, FILES)
    found = select_by_name(manifest, name)
    assert not isinstance(found, Lost)
    assert sorted(manifest.nodes[key]["name"] for key in found) == names


def test_the_name_of_this_is_that_of_the_file(tmp_path: Path) -> None:
    manifest = read(
        tmp_path,
        {
            "dbt_project.yml": PROJECT + "models: {shop: {a: {+alias: configured}}}\n",
            "macros/m.sql": (
                "{% macro raw(of) %}{{ source('raw', of) }} {{ this.name }}{% endmacro %}"
            ),
            "models/s.yml": """
sources:
  - name: raw
    tables: [{name: a}, {name: b}, {name: b_x}, {name: c_new}, {name: configured}, {name: s}]
models:
  - {name: c, latest_version: 2, versions: [{v: 2, defined_in: c_new}]}
""",
            "models/a.sql": "{{ raw(this.name) }}",
            "models/b.sql": (
                "{{ config(alias='configured') }} {{ raw(this.identifier) }}"
                "{{ source('raw', this.table ~ '_x') }} -- {{ this }}"
            ),
            "models/c_new.sql": "{{ raw(this.name) }}",
            "snapshots/s.sql": "{% snapshot s %} {{ raw(this.name) }} {% endsnapshot %}",
        },
    )
    nodes = {key: node["depends_on"]["nodes"] for key, node in manifest.nodes.items()}
    assert nodes == {
        "model.shop.a": ["source.shop.raw.a"],
        "model.shop.b": ["source.shop.raw.b", "source.shop.raw.b_x"],
        "model.shop.c.v2": ["source.shop.raw.c_new"],
        "snapshot.shop.s": ["source.shop.raw.s"],
    }
    assert manifest.losses == ()


def test_hooks_refer_to_what_a_model_depends_on(tmp_path: Path) -> None:
    manifest = read(
        tmp_path,
        {
            "dbt_project.yml": PROJECT + 'models: {shop: {+post-hook: "{{ grants(this) }}"}}\n',
            "macros/m.sql": "{% macro grants(of) %}grant on {{ of }} {{ ref('c') }}{% endmacro %}",
            "models/a.sql": "{{ config(pre_hook=\"delete from {{ ref('b') }}\") }} select 1",
            "models/b.sql": "{{ config(post_hook=[]) }} select 1",
            "seeds/c.csv": "x\n1\n",
        },
    )
    nodes = {node["name"]: node["depends_on"]["nodes"] for node in manifest.nodes.values()}
    assert nodes == {
        "a": ["model.shop.b", "seed.shop.c"],
        "b": ["seed.shop.c"],
        "c": [],
    }


def test_tests_of_sources_have_the_tags_that_are_no_configuration(tmp_path: Path) -> None:
    manifest = read(
        tmp_path,
        {
            "models/s.yml": """
sources:
  - name: raw
    tags: [one]
    config: {tags: [two]}
    tables: [{name: t, tags: [three], columns: [{name: id, data_tests: [unique]}]}]
"""
        },
    )
    [test] = manifest.nodes.values()
    assert test["tags"] == ["one", "three"]
    assert manifest.sources["source.shop.raw.t"]["tags"] == ["one", "three", "two"]


def test_tags_of_several_levels_stand_twice_in_the_configuration(tmp_path: Path) -> None:
    manifest = read(
        tmp_path,
        {
            "dbt_project.yml": PROJECT + "models: {+tags: [core]}\n",
            "models/a.sql": "{{ config(tags=['core', 'late']) }} select 1",
        },
    )
    node = manifest.nodes["model.shop.a"]
    assert node["config"]["tags"] == ["core", "core", "late"]
    assert node["tags"] == ["core", "late"]


def test_a_test_is_of_the_group_of_what_it_tests(tmp_path: Path) -> None:
    manifest = read(
        tmp_path,
        {
            "models/a.sql": "{{ config(group='silver') }} select 1",
            "models/all.yml": (
                "groups: [{name: silver, owner: {name: us}}]\n"
                "models: [{name: a, columns: [{name: id, data_tests: [unique]}]}]\n"
            ),
        },
    )
    [test] = [node for node in manifest.nodes.values() if node["resource_type"] == "test"]
    assert (test["group"], test["config"]["group"]) == ("silver", None)


def test_hooks_are_mappings(tmp_path: Path) -> None:
    config = "{{ config(post_hook='grant x', pre_hook={'sql': 'y', 'transaction': false}) }}"
    manifest = read(tmp_path, {"models/a.sql": f"{config} select 1"})
    hooks = manifest.nodes["model.shop.a"]["config"]
    assert hooks["post-hook"] == [{"sql": "grant x", "transaction": True, "index": None}]
    assert hooks["pre-hook"] == [{"sql": "y", "transaction": False, "index": None}]


def test_macros_without_end_are_given_up(tmp_path: Path) -> None:
    endless = "{% for i in range(999) %}{% for j in range(999) %}{{ i }}{% endfor %}{% endfor %}"
    manifest = read(
        tmp_path,
        {
            "macros/names.sql": (
                "{% macro generate_schema_name(name, node) %}" + endless + "{% endmacro %}"
                "{% test long(model) %}" + endless + "{{ config(severity='warn') }}{% endtest %}"
            ),
            "models/a.sql": "select 1",
            "models/all.yml": "models: [{name: a, data_tests: [long]}]\n",
        },
    )
    assert isinstance(manifest.nodes["model.shop.a"]["schema"], Lost)
    assert len(manifest.nodes) == 2


def test_macros_that_look_at_the_node_are_asked_for_each(tmp_path: Path) -> None:
    manifest = read(
        tmp_path,
        {
            "macros/names.sql": (
                "{% macro generate_schema_name(name, node) %}{{ target.schema }}_{{ name }}"
                "{% endmacro %}"
                "{% macro generate_alias_name(given, node) %}{{ suffixed(node) }}{% endmacro %}"
                "{% macro suffixed(of) %}{{ of.name }}_x{% endmacro %}"
            ),
            "models/a.sql": "{{ config(schema='one') }} select 1",
            "models/b.sql": "{{ config(schema='two') }} select 1",
        },
    )
    placed = [(node["schema"], node["alias"]) for node in manifest.nodes.values()]
    assert placed == [("main_one", "a_x"), ("main_two", "b_x")]


def test_generic_tests_configure_and_refer_through_what_they_call(tmp_path: Path) -> None:
    manifest = read(
        tmp_path,
        {
            "macros/tests.sql": (
                "{% test plain(model) %}{{ quietly(model) }}{% endtest %}"
                "{% macro quietly(model) %}select 1{% endmacro %}"
                "{% test deep(model) %}{{ adapter.dispatch('deep', 'shop')(model) }}{% endtest %}"
                "{% macro default__deep(model) %}{{ config(severity='warn') }}{{ ref('b') }}"
                "{% endmacro %}"
            ),
            "models/a.sql": "select 1",
            "models/b.sql": "select 1",
            "models/all.yml": "models: [{name: a, data_tests: [plain, deep]}]\n",
        },
    )
    tests = [node for node in manifest.nodes.values() if node["resource_type"] == "test"]
    assert [test["config"]["severity"] for test in tests] == ["ERROR", "warn"]
    assert tests[1]["depends_on"]["nodes"] == ["model.shop.b", "model.shop.a"]


SEMANTICS = """
semantic_models:
  - name: sales
    model: ref('orders')
    measures: [{name: total}, {name: count, create_metric: true}]
metrics:
  - {name: revenue, type: simple, type_params: {measure: total}, filter: "{{ Dimension('x') }}"}
  - {name: share, type: ratio, type_params: {numerator: revenue, denominator: {name: count}}}
  - {name: off, type: simple, type_params: {measure: total}, config: {enabled: false}}
saved_queries:
  - {name: weekly, query_params: {metrics: [share]}}
unit_tests:
  - {name: adds, model: orders}
models:
  - name: orders
    columns: [{name: id, data_tests: [unique, {not_null: {severity: warn}}]}]
"""


@pytest.mark.parametrize(
    ("select", "exclude", "names"),
    [
        ("+metric:revenue", "", ["orders", "raw"]),
        ("1+semantic_model:sales", "", ["orders"]),
        ("+saved_query:weekly", "", ["orders", "raw"]),
        ("+resource_type:metric", "", ["orders", "raw"]),
        ("metric:*", "", []),
        ("1+unit_test:adds", "", ["orders"]),
        ("+metric:off", "", []),
        ("fqn:*", "config.severity:error", ["orders", "raw", "other"]),
    ],
)
def test_selections_of_what_is_no_asset(
    tmp_path: Path, select: str, exclude: str, names: list[str]
) -> None:
    manifest = read(
        tmp_path,
        {
            "models/raw.sql": "select 1",
            "models/other.sql": "select 1",
            "models/orders.sql": "select * from {{ ref('raw') }}",
            "models/all.yml": SEMANTICS,
        },
    )
    chosen = select_ids(manifest, select, exclude)
    assert not isinstance(chosen, Lost)
    assert manifest.losses == ()
    models = {key.rpartition(".")[2] for key in chosen if key.startswith("model.")}
    assert models == set(names)
    tests = {key for key in chosen if key.startswith("test.")}
    assert len(tests) == (1 if exclude else 2 if "orders" in names else 0)


def test_files_are_those_that_dbt_finds(tmp_path: Path) -> None:
    models = ("a", ".drafts/b", "~c", ".d", "#e", "off/f", "off/kept", "sub/g", "sub/h_skip")
    manifest = read(
        tmp_path,
        {
            **{f"models/{name}.sql": "select 1" for name in models},
            "models/LOUD.SQL": "select 1",
            "models/.properties.yml": "models: [{name: a, description: never read}]",
            "seeds/~rows.csv": "id",
            "seeds/rows.csv": "id",
            "seeds/LOUD_ROWS.CSV": "id",
            ".dbtignore": "# drafts\nmodels/off/\n*_skip.sql\n!models/off/kept.sql\n",
        },
    )
    assert sorted(manifest.nodes) == [
        "model.shop.LOUD",
        "model.shop.a",
        "model.shop.b",
        "model.shop.g",
        "model.shop.kept",
        "seed.shop.LOUD_ROWS",
        "seed.shop.rows",
    ]
    assert manifest.nodes["model.shop.a"]["description"] == ""


def test_folders_behind_links_are_not_walked(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "b.sql").write_text("select 1")
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "linked").symlink_to(tmp_path / "elsewhere")
    manifest = read(tmp_path, {"models/a.sql": "select 1"})
    assert sorted(manifest.nodes) == ["model.shop.a"]


def test_foreign_keys_refer_to_tables(tmp_path: Path) -> None:
    properties = """
sources: [{name: crm, tables: [{name: people}]}]
models:
  - name: orders
    constraints:
      - {type: primary_key, columns: [id]}
      - {type: foreign_key, columns: [person], to: "source('crm', 'people')", to_columns: [id]}
    columns:
      - {name: item, constraints: [{type: foreign_key, to: ref('items'), to_columns: [id]}]}
      - {name: paid, constraints: [{type: check, expression: "paid > 0"}]}
"""
    manifest = read(
        tmp_path,
        {
            "models/items.sql": "select 1",
            "models/orders.sql": "select 1",
            "models/schema.yml": properties,
        },
    )
    assert manifest.nodes["model.shop.orders"]["depends_on"]["nodes"] == [
        "model.shop.items",
        "source.shop.crm.people",
    ]


def test_python_models_are_tables_unless_it_is_said_of_themselves(tmp_path: Path) -> None:
    model = "def model(dbt, session):\n    {line}\n    return dbt.ref('rows')\n"
    manifest = read(
        tmp_path,
        {
            "dbt_project.yml": PROJECT + "models: {shop: {+materialized: view}}\n",
            "models/rows.sql": "select 1",
            "models/a.py": model.replace("{line}", "pass"),
            "models/b.py": model.replace("{line}", "dbt.config(materialized='incremental')"),
            "models/c.py": model.replace("{line}", "pass"),
            "models/schema.yml": "models: [{name: c, config: {materialized: incremental}}]",
        },
    )
    kinds = {node["name"]: node["config"]["materialized"] for node in manifest.nodes.values()}
    assert kinds == {"rows": "view", "a": "table", "b": "incremental", "c": "incremental"}


def test_what_sources_mean_stands_in_their_configuration_too(tmp_path: Path) -> None:
    properties = """
sources:
  - name: crm
    meta: {owner: sales, level: 1}
    config: {meta: {level: 2}}
    tables: [{name: people, config: {meta: {pii: true}}}]
"""
    manifest = read(tmp_path, {"models/a.sql": "select 1", "models/sources.yml": properties})
    (source,) = manifest.sources.values()
    assert source["source_meta"] == {"owner": "sales", "level": 2}
    assert source["meta"] == {"owner": "sales", "level": 2, "pii": True}


def test_docs_blocks_keep_their_ends_of_lines(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    text = "{% docs rows %}\r\nOne.\r\nTwo.\r\n{% enddocs %}\r\n"
    (tmp_path / "models" / "docs.md").write_bytes(text.encode())
    properties = "models: [{name: a, description: \"{{ doc('rows') }}\"}]"
    manifest = read(tmp_path, {"models/a.sql": "select 1", "models/schema.yml": properties})
    assert manifest.nodes["model.shop.a"]["description"] == "One.\r\nTwo."
