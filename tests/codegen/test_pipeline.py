"""Generated scripts: made of hand-made models, and run with nothing but Python."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest
from tests.codegen.models import SPAN, key
from tests.codegen.projects import Project
from tests.codegen.scripts import asset_step, feed, made, refused

from assetgen.analyzer.model.assets import Asset
from assetgen.analyzer.model.diagnostics import Severity
from assetgen.analyzer.model.partitions import RetryPolicy
from assetgen.analyzer.model.spans import Origin
from assetgen.codegen.dagster_names import DECLARATIONS, PUBLIC, RUNTIME
from assetgen.codegen.options import PipelineOptions
from assetgen.codegen.pipeline import generate


@pytest.fixture
def chain(tmp_path):
    """Three modules: an asset with a context, configuration and retries, and one downstream."""
    project = Project.of(
        tmp_path,
        first=(
            "import dagster as dg\n"
            "from shared import scale, LIMIT\n\n\n"
            "class OrdersConfig(dg.Config):\n"
            "    count: int = LIMIT\n\n\n"
            "def helper(x):\n"
            "    return x * 2\n\n\n"
            "attempts = []\n\n\n"
            "@dg.asset(retry_policy=dg.RetryPolicy(max_retries=2))\n"
            "def orders(context: dg.AssetExecutionContext, config: OrdersConfig) -> list:\n"
            '    """All orders."""\n'
            "    attempts.append(1)\n"
            "    if len(attempts) < 2:\n"
            '        raise ValueError("again")\n'
            "    return [helper(scale(i)) for i in range(config.count)]\n"
        ),
        second=(
            "from dagster import MaterializeResult, MetadataValue, asset\n"
            "import shared\n\n\n"
            "def helper(x):\n"
            "    return sum(x) + shared.scale(0)\n\n\n"
            '@asset(key_prefix="mart")\n'
            "def total(orders: list[int]):\n"
            "    value = helper(orders)\n"
            '    return MaterializeResult(value=value, metadata={"n": MetadataValue.int(value)})\n'
        ),
        shared="LIMIT = 3\n\n\ndef scale(x):\n    return x + LIMIT\n",
    )
    steps = (
        asset_step(
            "mart__total",
            project.function("second:total"),
            feed("orders"),
            assets=(("result", key("mart/total")),),
        ),
        asset_step(
            "orders",
            project.function("first:orders"),
            takes_context=True,
            config="OrdersConfig",
            retry_policy=RetryPolicy(2, 0.01, "EXPONENTIAL", "PLUS_MINUS"),
        ),
    )
    return project, project.pipeline(steps)


def test_a_script_runs_alone(chain):
    project, pipeline = chain
    run = project.run(made(pipeline))
    assert run.code == 0, run.err
    assert run.value("orders") == [6, 8, 10]
    assert run.value("mart", "total") == 27


def test_steps_stand_in_the_order_of_their_dependencies(chain):
    _, pipeline = chain
    text = made(pipeline)
    assert text.index("def orders(") < text.index("def total(")
    assert text.index('Step(\n                "orders"') < text.index('"mart__total"')


def test_the_same_model_gives_the_same_text_without_paths_of_this_machine(chain):
    project, pipeline = chain
    text = made(pipeline)
    assert text == made(pipeline)
    assert str(project.folder) not in text


def test_a_script_is_formatted(chain):
    project, pipeline = chain
    script = project.folder / "formatted.py"
    script.write_text(made(pipeline))
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--line-length", "100"]
    done = subprocess.run([*command, "--diff", str(script)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_generating_imports_neither_the_project_nor_the_runtime(chain):
    _, pipeline = chain
    made(pipeline)
    program = (
        "import sys\n"
        "import assetgen.codegen.pipeline\n"
        f"assert not [name for name in sys.modules if name.startswith({RUNTIME!r})]\n"
        "assert 'networkx' not in sys.modules and 'jinja2' not in sys.modules\n"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


@pytest.mark.parametrize(
    ("helper", "needed"),
    [
        ("def same[T](x: T) -> T:\n    return x\n", ">=3.10,>=3.12"),
        ("async def same[T](x: T) -> T:\n    return x\n", ">=3.10,>=3.12"),
        ("class same[T]:\n    pass\n", ">=3.10,>=3.12"),
        ("type same = int\n", ">=3.10,>=3.12"),
        (
            "def same(x):\n    try:\n        return x\n    except* ValueError:\n        pass\n",
            ">=3.10,>=3.11",
        ),
        ("def same(x):\n    return f'{x['a']}'\n", ">=3.10,>=3.12"),
        ("def same(x):\n    return f\"{x} {'\\n'.join(x)}\"\n", ">=3.10,>=3.12"),
        ('def same(x):\n    return rf"{{ {x["a"]}"\n', ">=3.10,>=3.12"),
        ('def same(x):\n    return Fr"{x["a"]}"\n', ">=3.10,>=3.12"),
        ("def same(x):\n    return fR'{x['a']}'\n", ">=3.10,>=3.12"),
        ('def same(x):\n    return f"""\n{x} "{{ {\'\\n\'.join(x)}"""\n', ">=3.10,>=3.12"),
        ('def same(x):\n    return f"{\n    x\n}"\n', ">=3.10,>=3.12"),
        ("def same(x):\n    return f'''{x[\"a\"]} '{{x'''\n", ">=3.10"),
        ('def same(x):\n    return f"{x[\'a\']}{x:>{x}}\\n{{" + "f\'{"\n', ">=3.10"),
        ("def same(x):\n    return \"if f'{x['a']}'\"  # f'{x['\n", ">=3.10"),
        ('def same(x):\n    """As in def same[T](x), or type x = 1."""\n', ">=3.10"),
        ("def same(x):\n    return x  # except *\n", ">=3.10"),
    ],
)
def test_scripts_require_the_python_that_reads_them(helper, needed, tmp_path):
    files = {"a": "from b import same\n\n\ndef one():\n    return same\n", "b": helper}
    project = Project.of(tmp_path, **files)
    text = made(project.pipeline([asset_step("one", project.function("a:one"))]))
    assert f'# requires-python = "{needed}"\n' in text


def test_the_runtime_can_stay_imported(chain):
    project, pipeline = chain
    text = made(pipeline, import_runtime=True)
    assert "class AssetKey" not in text
    assert "from assetgen.runtime import" in text
    assert re.search(r'#     "assetgen~=[\d.]+",', text)
    script = project.folder / "short.py"
    script.write_text(text)
    done = subprocess.run([sys.executable, str(script)], cwd=project.folder, capture_output=True)
    assert done.returncode == 0, done.stderr


def test_a_selection_reads_the_rest_from_storage(chain):
    project, pipeline = chain
    assert project.run(made(pipeline)).code == 0
    text = made(pipeline, selection=frozenset({key("mart/total")}))
    assert "def orders(" not in text
    run = project.run(text)
    assert run.code == 0, run.err


def test_requirements_are_those_of_the_imports(tmp_path):
    project = Project.of(
        tmp_path,
        a=(
            "import json, os.path\n"
            "import yaml\n"
            "import pandas as pd\n"
            "import google.cloud.storage\n"
            "from sklearn.linear_model import Ridge\n"
            "from google.cloud import bigquery\n"
            "import unused\n\n\n"
            "def rows():\n"
            "    import duckdb, csv\n"
            "    from azure.storage import blob\n"
            "    return bigquery, yaml, pd, google.cloud.storage, Ridge, json, os.path\n"
        ),
    )
    pipeline = project.pipeline([asset_step("rows", project.function("a:rows"))])
    text = made(pipeline, requirements=("pandas[parquet]>=2.1,<3", "PyYAML==6.0.2", "unused"))
    assert text.startswith(
        "# /// script\n"
        '# requires-python = ">=3.10"\n'
        "# dependencies = [\n"
        '#     "azure-storage-blob",\n'
        '#     "duckdb",\n'
        '#     "google-cloud-bigquery",\n'
        '#     "google-cloud-storage",\n'
        '#     "pandas[parquet]>=2.1,<3",\n'
        '#     "PyYAML==6.0.2",\n'
        '#     "scikit-learn",\n'
        "# ]\n"
        "# ///\n"
    )


def test_what_cannot_be_a_pipeline_is_refused(tmp_path):
    project = Project.of(tmp_path, a="def f(b=1):\n    return 1\n\n\ndef g(a=1):\n    return 1\n")
    f, g = project.function("a:f"), project.function("a:g")
    circle = [asset_step("a", f, feed("b")), asset_step("b", g, feed("a"))]
    (problem,) = refused(project.pipeline(circle))
    assert "in a circle: a -> b -> a" in problem.message
    twice = [asset_step("a", f), asset_step("a", g)]
    assert any("2 steps" in each.message for each in refused(project.pipeline(twice)))
    assert "no asset here" in refused(project.pipeline([]))[0].message
    one = project.pipeline([asset_step("a", f)])
    unknown = PipelineOptions(selection=frozenset({key("zzz")}))
    assert "no asset here" in generate(one, unknown).diagnostics[0].message
    lost = Asset(key("a"), "materializable", Origin(SPAN), unknown=("partitions", "owners"))
    (problem,) = refused(project.pipeline([asset_step("a", f)], [lost]))
    assert "`partitions` of `a`" in problem.message
    needy = project.pipeline([asset_step("a", f, required_resource_keys=("db",))])
    assert "no resource `db`" in refused(needy)[0].message


def test_an_asset_under_a_condition_is_made_with_a_warning(tmp_path):
    project = Project.of(tmp_path, a="def f():\n    return 1\n")
    asset = Asset(key("a"), "materializable", Origin(SPAN), conditional="PROD")
    result = generate(project.pipeline([asset_step("a", project.function("a:f"))], [asset]))
    assert result.text is not None
    (warning,) = result.diagnostics
    assert warning.severity is Severity.WARNING
    assert "PROD" in warning.message


def test_modules_that_the_analysis_did_not_read_are_found(tmp_path):
    project = Project.of(
        tmp_path,
        a="def f():\n    from later import value\n    return value\n",
        later="value = 5\n",
    )
    seen = {name: each for name, each in project.modules.items() if name != "later"}
    pipeline = replace(
        project.pipeline([asset_step("f", project.function("a:f"))]), modules=tuple(seen.values())
    )
    assert project.run(made(pipeline)).value("f") == 5


def test_the_project_comes_before_what_runs_it(chain):
    _, pipeline = chain
    text = made(pipeline)
    titles = ["What the project builds on", "What the functions below need"]
    titles += ["The functions of the steps", "The pipeline", "What runs it"]
    places = [text.index(f"\n# {title}") for title in titles]
    assert places == sorted(places)
    assert 'def orders(context: "AssetExecutionContext", config: OrdersConfig) -> list:' in text


def test_syntax_newer_than_the_running_python(tmp_path):
    project = Project.of(
        tmp_path,
        a="from b import first\n\n\ndef f():\n    return first([1])\n",
        b="def first[T](values: list[T]) -> T:\n    return values[0]\n",
    )
    text = made(project.pipeline([asset_step("f", project.function("a:f"))]))
    assert "def first[T](values: list[T]) -> T:" in text


def test_a_function_that_is_gone_is_an_error(tmp_path):
    project = Project.of(tmp_path, a="def f():\n    return 1\n")
    function = replace(project.function("a:f"), qualname="gone")
    (problem,) = refused(project.pipeline([asset_step("a", function)]))
    assert problem.span == function.span


def test_the_table_of_names_is_that_of_the_runtime():
    from importlib import import_module

    runtime = import_module(RUNTIME)
    assert PUBLIC.items() <= runtime.HOME.items()
    for name, home in (PUBLIC | DECLARATIONS).items():
        assert hasattr(import_module(f"{RUNTIME}.{home}"), name), name
