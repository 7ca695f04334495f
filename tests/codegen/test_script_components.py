"""Scripts with steps that components make."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from assetgen.analyzer.analysis import Request, analyze
from assetgen.analyzer.model.diagnostics import Severity
from assetgen.analyzer.model.pipeline import Pipeline
from assetgen.codegen.options import PipelineOptions
from assetgen.codegen.pipeline import GeneratedScript, generate
from assetgen.codegen.reading_environment import generate_asking

DEFINITIONS = """\
from pathlib import Path

from dagster import definitions, load_from_defs_folder


@definitions
def defs():
    return load_from_defs_folder(path_within_project=Path(__file__).parent)
"""
OWN = """\
from dagster_dbt import DbtProjectComponent


class Own(DbtProjectComponent):
    def execute(self, context, dbt):
        yield from dbt.cli(["run"], context=context).stream()


class Renamed(DbtProjectComponent):
    def get_asset_spec(self, manifest, unique_id, project):
        spec = super().get_asset_spec(manifest, unique_id, project)
        return spec.replace_attributes(key=spec.key.with_prefix("own"))
"""
FAKE = """#!{python}
import json, os, sys
from pathlib import Path

Path("asked.json").write_text(json.dumps(sys.argv[1:]))
for name in ("raw", "orders"):
    node = {{"unique_id": f"model.jaffle.{{name}}", "node_name": name, "node_status": "success"}}
    info = {{"name": "LogModelResult", "msg": name, "level": "info", "invocation_id": "i"}}
    print(json.dumps({{"info": info, "data": {{"node_info": node, "execution_time": 1}}}}))
"""


SLING = """\
import json, os

SLING_BIN, JsonEncoder = "sling", json.JSONEncoder


def _run(cmd, temp_file, return_output, env):
    asked = {"replication": json.load(open(temp_file)), "SHOP": json.loads(env["SHOP"])}
    with open("asked.json", "w") as file:
        json.dump(asked, file)
    return ""
"""
REPLICATION = """\
source: SHOP
target: LAKE
streams:
  public.orders: {object: main.orders}
  public.parts:
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    models = tmp_path / "jaffle" / "models"
    models.mkdir(parents=True)
    (models / "raw.sql").write_text("select 1 as id\n")
    (models / "orders.sql").write_text("select * from {{ ref('raw') }}\n")
    (tmp_path / "jaffle" / "dbt_project.yml").write_text("name: jaffle\nprofile: jaffle\n")
    (tmp_path / "shop" / "defs" / "dbt").mkdir(parents=True)
    (tmp_path / "shop" / "__init__.py").write_text("")
    (tmp_path / "shop" / "lib.py").write_text(OWN)
    (tmp_path / "shop" / "definitions.py").write_text(DEFINITIONS)
    (tmp_path / "shop" / "defs" / "__init__.py").write_text("")
    (tmp_path / "pyproject.toml").write_text(
        '[tool.dg]\ndirectory_type = "project"\n[tool.dg.project]\nroot_module = "shop"\n'
    )
    return tmp_path


def script(
    project: Path,
    attributes: str,
    kind: str = "dagster_dbt.DbtProjectComponent",
    **environment: str,
) -> GeneratedScript:
    component = f"type: {kind}\nattributes:\n{attributes}"
    (project / "shop" / "defs" / "dbt" / "defs.yaml").write_text(component)
    request = Request(
        modules=("shop.definitions",), source_roots=(project,), environment=environment
    )
    return generate(analyze(request).pipeline, PipelineOptions(given=(*environment.items(),)))


def run(project: Path, text: str, *words: str) -> str:
    """What a script says, with commands and libraries in place of dbt and Sling."""
    (project / "bin").mkdir()
    (project / "bin" / "dbt").write_text(FAKE.format(python=sys.executable))
    (project / "bin" / "dbt").chmod(0o755)
    (project / "lib").mkdir()
    (project / "lib" / "sling.py").write_text(SLING)
    (project / "pipeline.py").write_text(text)
    path = f"{project / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [sys.executable, "pipeline.py", *words],
        cwd=project,
        env={**os.environ, "PATH": path, "PYTHONPATH": str(project / "lib")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_dbt_project_is_built(project: Path) -> None:
    made = script(project, '  project: "{{ project_root }}/jaffle"\n')
    assert made.text is not None, made.diagnostics
    said = run(project, made.text)
    asked = json.loads((project / "jaffle" / "asked.json").read_text())
    assert "made     raw" in said
    assert "made     orders" in said
    assert asked == ["build", "--select", "fqn:*"]


def test_a_dbt_project_is_built_as_its_component_says(project: Path) -> None:
    attributes = """\
  project:
    project_dir: "{{ project_root }}/jaffle"
    target: prod
  select: raw orders
  exclude: old
  cli_args: [run, --full-refresh, --vars: {start: 1}, --threads: 2]
"""
    made = script(project, attributes, "shop.lib.Renamed")
    assert made.text is not None, made.diagnostics
    said = run(project, made.text)
    asked = json.loads((project / "jaffle" / "asked.json").read_text())
    assert "made     own/orders" in said
    assert asked == [
        *("run", "--full-refresh", "--vars", '{"start": 1}', "--threads", "2"),
        *("--target", "prod", "--select", "raw orders", "--exclude", "old"),
    ]


@pytest.mark.parametrize(
    ("kind", "more", "reason"),
    [
        ("shop.lib.Own", "", "is not a function of the project"),
        (
            "dagster_dbt.DbtProjectComponent",
            '  cli_args: [build, --vars: {day: "{{ partition_key }}"}]\n',
            "`partition_key` is not defined",
        ),
    ],
    ids=["its own way", "arguments of the run"],
)
def test_a_dbt_project_that_is_built_otherwise_is_refused(
    project: Path, kind: str, more: str, reason: str
) -> None:
    made = script(project, f'  project: "{{{{ project_root }}}}/jaffle"\n{more}', kind)
    assert made.text is None
    assert reason in made.diagnostics[-1].message


CONNECTIONS = (
    "connections:\n    SHOP: {type: postgres, host: db}",
    "sling: {connections: [{name: SHOP, type: postgres, host: db}]}",
)


@pytest.mark.parametrize("connections", CONNECTIONS, ids=["named", "listed"])
def test_replications_of_sling_are_run(project: Path, connections: str) -> None:
    (project / "shop" / "defs" / "dbt" / "replication.yaml").write_text(REPLICATION)
    attributes = f"""\
  {connections}
  replications:
    - path: replication.yaml
      translation: {{key: "lake/{{{{ stream_definition.name.split('.')[1] }}}}"}}
"""
    made = script(project, attributes, "dagster_sling.SlingReplicationCollectionComponent")
    assert made.text is not None, made.diagnostics
    said = run(project, made.text, "--select", "lake/orders")
    asked = json.loads((project / "asked.json").read_text())
    assert "made     lake/orders" in said
    assert "lake/parts" not in said
    assert asked["SHOP"] == {"name": "SHOP", "type": "postgres", "host": "db"}
    assert list(asked["replication"]["streams"]) == ["public.orders"]


def test_a_connection_that_is_not_known_is_told(project: Path) -> None:
    (project / "shop" / "defs" / "dbt" / "replication.yaml").write_text(REPLICATION)
    attributes = """\
  connections:
    SHOP: {type: postgres, password: "{{ env('SHOP_PASSWORD') }}"}
  replications:
    - path: replication.yaml
"""
    made = script(project, attributes, "dagster_sling.SlingReplicationCollectionComponent")
    assert made.text is None
    assert "SHOP_PASSWORD" in made.diagnostics[-1].message


@pytest.mark.parametrize("password", ["tiger", "a'b\\c\"d-and-more"])
def test_a_given_value_that_is_written_down_is_told(project: Path, password: str) -> None:
    (project / "shop" / "defs" / "dbt" / "replication.yaml").write_text(REPLICATION)
    attributes = """\
  connections:
    SHOP: {type: postgres, host: "{{ env.SHOP_HOST }}", password: "{{ env('SHOP_PASSWORD') }}"}
  replications:
    - path: replication.yaml
"""
    kind = "dagster_sling.SlingReplicationCollectionComponent"
    made = script(project, attributes, kind, SHOP_PASSWORD=password, SHOP_HOST="", OTHER="SHOP")
    assert made.text is not None, made.diagnostics
    (told,) = made.diagnostics
    assert "`SHOP_PASSWORD` was given is written into the script" in told.message
    assert told.severity is Severity.WARNING
    assert told.span.path.endswith("shop/defs/dbt/defs.yaml")


def test_a_given_value_in_what_is_said_of_an_asset_is_told(project: Path) -> None:
    (project / "shop" / "lib.py").write_text(
        OWN + "\n\nimport os\n\nOWNER = os.environ['OWNER_TEAM']\n"
        "PLAIN = os.environ.get('PLAIN', 'raw')\n"
    )
    (project / "shop" / "definitions.py").write_text(
        "import dagster as dg\nfrom shop.lib import OWNER, PLAIN\n\n\n"
        "@dg.asset(description=f'by {OWNER}', group_name=PLAIN)\ndef table(): ...\n\n\n"
        "defs = dg.Definitions(assets=[table])\n"
    )
    request = Request(
        modules=("shop.definitions",),
        source_roots=(project,),
        environment={"OWNER_TEAM": "logistics", "PLAIN": "raw"},
    )
    options = PipelineOptions(given=(("OWNER_TEAM", "logistics"), ("PLAIN", "raw")))
    made = generate(analyze(request).pipeline, options)
    (told,) = made.diagnostics
    assert "`OWNER_TEAM`" in told.message
    assert told.span.path.endswith("shop/lib.py")
    assert told.span.line == len(OWN.splitlines()) + 5


def test_a_script_asks_for_what_its_functions_hold(project: Path, monkeypatch) -> None:
    (project / "shop" / "defs" / "dbt" / "replication.yaml").write_text(REPLICATION)
    (project / "shop" / "defs" / "dbt" / "defs.yaml").write_text(
        """\
type: dagster_sling.SlingReplicationCollectionComponent
attributes:
  connections:
    SHOP: {type: postgres, host: "db", password: "{{ env('SHOP_PASSWORD') }}", user: tiger}
  replications:
    - path: replication.yaml
"""
    )

    def analyzed_with(given: Mapping[str, str]) -> Pipeline:
        request = Request(
            modules=("shop.definitions",), source_roots=(project,), environment={**given}
        )
        return analyze(request).pipeline

    given = {"SHOP_PASSWORD": "tiger"}
    options = PipelineOptions(given=(*given.items(),))
    made = generate_asking(analyzed_with(given), options, analyzed_with)
    assert made.text is not None, made.diagnostics
    assert '"password": environ["SHOP_PASSWORD"]' in made.text
    assert '"user": "tiger"' in made.text
    monkeypatch.setenv("SHOP_PASSWORD", "another")
    run(project, made.text)
    asked = json.loads((project / "asked.json").read_text())
    assert asked["SHOP"]["password"] == "another"


def test_a_script_holds_what_is_made_of_a_value(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(
        "import os\nimport dagster as dg\n\n\n"
        "def make(name, token):\n"
        "    @dg.asset(name=name)\n    def table():\n        return token\n\n    return table\n\n\n"
        "given = os.environ['TOKEN']\n"
        "other = os.environ['OTHER']\n"
        "made = [make('a', given), make('b', f'by {given}'), make('c', 'someone')]\n"
        "defs = dg.Definitions(assets=made)\n"
    )

    def analyzed_with(given: Mapping[str, str]) -> Pipeline:
        request = Request((tmp_path / "shop.py",), environment={**given})
        return analyze(request).pipeline

    given = {"TOKEN": "a-long-secret", "OTHER": "someone"}
    options = PipelineOptions(given=(*given.items(),))
    made = generate_asking(analyzed_with(given), options, analyzed_with)
    assert made.text is not None, made.diagnostics
    assert 'a = _make_table(environ["TOKEN"])' in made.text
    assert 'b = _make_table("by a-long-secret")' in made.text
    assert 'c = _make_table("someone")' in made.text
    assert ["`TOKEN`" in each.message for each in made.diagnostics] == [True]
