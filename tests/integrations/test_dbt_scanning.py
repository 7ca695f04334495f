"""What is found out of models without reading all that they call."""

from __future__ import annotations

from pathlib import Path

from test_dbt_projects import PROJECT, read

MACROS = """
{% macro quiet(column) %}{% if target.type == 'x' %}a{% endif %}trim({{ column }}){% endmacro %}
{% macro mutual(n) %}{{ other(n) }}{% endmacro %}
{% macro other(n) %}{{ mutual(n) }}{{ ref('c') }}{% endmacro %}
{% macro asks() %}{{ env_var('ASKED', 'x') }}{% endmacro %}
{% macro variable() %}{{ var('mode') }}{% endmacro %}
{% macro named() %}{{ ref(model.name ~ '_base') }}{% endmacro %}
{% macro put(names) %}{% do names.append('b') %}{% endmacro %}
{% macro call(function) %}{{ function('b') }}{% endmacro %}
{% macro dispatched() %}{% set d = adapter.dispatch %}{{ d('told')() }}{% endmacro %}
{% macro default__told() %}{{ ref('b') }}{% endmacro %}
"""


def of(folder: Path, **models: str) -> dict[str, list[str]]:
    files = {f"models/{name}.sql": text for name, text in models.items()}
    files |= {f"models/{name}.sql": "select 1" for name in ("a", "b", "c", "m_base")}
    vars_ = "vars: {mode: \"{{ env_var('MODE', 'full') }}\"}\n"
    manifest = read(folder, {"dbt_project.yml": PROJECT + vars_, "macros/m.sql": MACROS, **files})
    assert manifest.losses == ()
    found = {
        node["name"]: [one.rpartition(".")[2] for one in node["depends_on"]["nodes"]]
        for node in manifest.nodes.values()
        if node["name"] in models
    }
    return {**found, "": sorted(name for name, _ in manifest.variables)}


def test_macros_that_tell_nothing_are_passed_over_and_their_arguments_are_not(
    tmp_path: Path,
) -> None:
    found = of(tmp_path, x="select {{ quiet('y') }}, {{ quiet(ref('a')) }} {{ quiet(ref('a')) }}")
    assert found["x"] == ["a"]


def test_macros_that_call_each_other_tell_what_any_of_them_does(tmp_path: Path) -> None:
    found = of(tmp_path, x="{{ quiet(1) }}{{ ref('a') }}", y="{{ other(1) }}")
    assert found["y"] == ["c"]


def test_what_macros_ask_of_the_environment_is_asked(tmp_path: Path) -> None:
    assert of(tmp_path, x="{{ asks() }}{{ variable() }}")[""] == ["ASKED", "MODE"]


def test_an_expression_that_asks_for_the_model_is_read_in_each(tmp_path: Path) -> None:
    found = of(tmp_path, m="{{ named() }}", n="{% if false %}{{ named() }}{% endif %}")
    assert (found["m"], found["n"]) == (["m_base"], [])


def test_macros_change_and_call_what_they_are_given(tmp_path: Path) -> None:
    found = of(
        tmp_path,
        x="{% set l = ['a'] %}{{ put(l) }}{% for one in l %}{{ ref(one) }}{% endfor %}",
        y="{{ call(ref) }}",
        z="{{ dispatched() }}",
    )
    assert (found["x"], found["y"], found["z"]) == (["a", "b"], ["b"], ["b"])


def test_generated_names_are_those_of_nodes_that_look_alike(tmp_path: Path) -> None:
    """The macro looks at two entries of a node; nodes that agree in them have one schema."""
    macro = """
{% macro generate_schema_name(custom, node) %}
{% if node.resource_type == 'seed' %}seeds{% elif 'x' in node.fqn %}{{ node.fqn | join('_') }}
{% elif node.get('alias') %}aliased{% else %}{{ custom or 'none' }}{% endif %}
{% endmacro %}
"""
    models = {f"models/{name}.sql": "select 1" for name in ("a", "b", "x/c", "x/d")}
    manifest = read(
        tmp_path,
        {
            **models,
            "macros/g.sql": macro,
            "models/e.sql": "{{ config(schema='own') }}select 1",
            "seeds/s.csv": "id\n1\n",
        },
    )
    found = {node["name"]: node["schema"] for node in manifest.nodes.values()}
    assert found == {
        "a": "none",
        "b": "none",
        "c": "shop_x_c",
        "d": "shop_x_d",
        "e": "own",
        "s": "seeds",
    }


def test_configuration_by_folder_and_by_name(tmp_path: Path) -> None:
    project = PROJECT + (
        "models:\n  +tags: [all]\n  shop:\n    x:\n      +tags: [x]\n"
        "      c:\n        +tags: [c]\n        +schema: own\n"
    )
    models = {f"models/{name}.sql": "select 1" for name in ("a", "x/b", "x/c")}
    manifest = read(tmp_path, {"dbt_project.yml": project, **models})
    found = {
        node["name"]: (node["tags"], node["config"]["schema"]) for node in manifest.nodes.values()
    }
    assert found == {
        "a": (["all"], None),
        "b": (["all", "x"], None),
        "c": (["all", "x", "c"], "own"),
    }
