"""A script of a job of ops does what Dagster does when it executes the job."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import dagster
import pytest
from conformance.pipeline_run import run_pipeline

from assetgen.analyzer.analysis import Request, analyze
from assetgen.codegen.options import PipelineOptions
from assetgen.codegen.pipeline import GeneratedScript, generate

OPS = """
import dagster as dg


@dg.op(config_schema={"n": int}, required_resource_keys={"base"})
def first(context):
    return context.op_config["n"] + context.resources.base


@dg.op(required_resource_keys={"base"}, config_schema={"n": dg.Field(int, default_value=1)})
def second(context, x, y=5):
    value = x * 100 + context.op_config["n"] + y + context.resources.base
    context.log_event(dg.AssetMaterialization("told", metadata={"value": value}))
    return value


@dg.op
def one():
    return 1


@dg.op
def broken(x):
    raise ValueError("no")


@dg.op
def after(x):
    return x


@dg.op(out={"left": dg.Out(is_required=False), "right": dg.Out(is_required=False)})
def branching():
    yield dg.Output(1, "left")


@dg.op(out=dg.DynamicOut())
def parts():
    for each in (1, 2):
        yield dg.DynamicOutput(each, str(each))


@dg.op
def doubled(each):
    return each * 2


@dg.op
def total(values):
    yield dg.AssetMaterialization("sum", metadata={"value": sum(values)})
    yield dg.Output(sum(values))


@dg.resource
def base(context):
    return 10


@dg.success_hook
def noted(context):
    print("hook", context.op.name)


CONFIG = {"ops": {"first": {"config": {"n": 3}}, "second": {"config": {"n": 7}}}}
"""
DECORATED = """

@dg.job(config=CONFIG, resource_defs={"base": base}, hooks={noted}, tags={"team": "a"})
def chosen():
    second(first())
    after(broken(after.alias("again")(one())))
    left, right = branching()
    after.alias("on_left")(left)
    after.alias("on_right")(right)
    total(parts().map(doubled).collect())
"""
OF_A_GRAPH = """

@dg.graph
def inner(x):
    return after(x)


@dg.graph
def outer():
    inner(second(first()))


chosen = outer.to_job(name="chosen", config=CONFIG)
other = outer.to_job(name="other", config=CONFIG)
defs = dg.Definitions(jobs=[chosen, other], resources={"base": base})
"""
RETRIED = """

@dg.op
def flaky(context):
    if context.retry_number < 1:
        raise ValueError("again")
    context.log_event(dg.AssetMaterialization("told", metadata={"tries": context.retry_number}))


@dg.job(op_retry_policy=dg.RetryPolicy(max_retries=2))
def chosen():
    flaky()
"""


TOLD = """

@dg.op
def fed(context, word: str, n: int, anything, rate: float = 2.5):
    told = {"word": word, "n": n, "anything": str(anything), "rate": rate}
    context.log_event(dg.AssetMaterialization("told", metadata=told))
    return n


@dg.job
def chosen():
    after(fed())
"""
TAGGED = """
import json

import dagster as dg

SHARED = {"shared": "yes"}
NONE = None


@dg.op
def tell(context):
    print("tags", json.dumps(dict(context.run.tags), sort_keys=True))


"""


@pytest.mark.parametrize("given", [None, {"ops": {"first": {"config": {"n": 4}}}}])
@pytest.mark.parametrize("job", [DECORATED, OF_A_GRAPH])
def test_jobs_of_ops(job, given, tmp_path):
    assert_same(f"{OPS}{job}", given, tmp_path)


def test_retries_of_all_ops(tmp_path):
    assert_same(f"{OPS}{RETRIED}", None, tmp_path)


@pytest.mark.parametrize(
    "inputs",
    [
        {"word": "a", "n": 1, "anything": {"value": [1, "x"]}},
        {"word": {"value": "b"}, "n": {"value": 2}, "anything": {"value": {"c": None}}},
    ],
)
def test_inputs_that_a_run_is_configured_with(inputs, tmp_path):
    assert_same(f"{OPS}{TOLD}", {"ops": {"fed": {"inputs": inputs}}}, tmp_path)


def test_inputs_of_a_graph_that_a_run_is_configured_with(tmp_path):
    graph = """
@dg.op
def fed(context, word: str, n):
    context.log_event(dg.AssetMaterialization("told", metadata={"word": word, "n": n}))


@dg.graph
def outer(text, number):
    fed(text, number)


chosen = outer.to_job(name="chosen")
"""
    assert_same(f"{OPS}{graph}", {"inputs": {"text": "a", "number": {"value": 3}}}, tmp_path)


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"word": "a", "n": 1}, 'the input "anything" of "fed" is missing'),
        ({"word": "a", "n": 1, "anything": 5}, 'no mapping with a "value"'),
        ({"word": "a", "n": "x", "anything": {"value": 1}}, "'x', not"),
        ({"word": {"env": "HOME"}, "n": 1, "anything": {"value": 1}}, 'no mapping with a "value"'),
        ({"word": "a", "n": 1, "anything": {"value": 1}, "more": 2}, 'takes no "more"'),
    ],
)
def test_inputs_that_do_not_fit_are_refused_before_anything_runs(inputs, said, tmp_path):
    config = {"ops": {"fed": {"inputs": inputs}}}
    with pytest.raises(dagster.DagsterInvalidConfigError):
        by_dagster(f"{OPS}{TOLD}", config)

    script = tmp_path / "pipeline.py"
    script.write_text(str(script_of(f"{OPS}{TOLD}", tmp_path, "chosen").text))
    ran = run_pipeline(script, {"config": config}, tmp_path)

    assert ran.exit_code == 1
    assert said in ran.output
    assert "start" not in ran.output


@pytest.mark.parametrize(
    "job",
    [
        "@dg.job(tags={'n': {'x': [1, None]}, 'm': ['\\u00e9'], 't': 'u'}, description=None)\n",
        "@dg.job(tags={'team': 'a'}, run_tags={'r': 'b', 'k': 1.5})\n",
        "@dg.job(tags={'team': 'a'}, run_tags={})\n",
        "@dg.job(tags=SHARED, run_tags=NONE)\n",
    ],
)
def test_tags_of_runs(job, tmp_path):
    assert_same_tags(f"{TAGGED}{job}def chosen():\n    tell()\n", tmp_path)


@pytest.mark.parametrize("graph", ["@dg.graph", "@dg.graph(tags={'g': '1', 'team': 'graph'})"])
@pytest.mark.parametrize(
    "given", ["", "tags={'team': 'job', 'z': 1}", "run_tags={'r': 'b'}", "tags=SHARED, run_tags={}"]
)
def test_tags_of_runs_of_a_graph(graph, given, tmp_path):
    made = f"chosen = inner.to_job('chosen', {given})\n"
    assert_same_tags(f"{TAGGED}{graph}\ndef inner():\n    tell()\n\n\n{made}", tmp_path)


def assert_same_tags(text: str, folder: Path) -> None:
    made = script_of(text, folder, "chosen")
    assert made.text is not None, made.diagnostics
    script = folder / "pipeline.py"
    script.write_text(made.text)
    ran = run_pipeline(script, {}, folder)

    names: dict[str, Any] = {"__name__": "jobs"}
    exec(compile(text, "jobs.py", "exec", dont_inherit=True), names)  # noqa: S102
    tags = names["chosen"].execute_in_process().dagster_run.tags

    assert f"tags {json.dumps(tags, sort_keys=True)}\n" in ran.output


def assert_same(text: str, given: dict[str, object] | None, folder: Path) -> None:
    made = script_of(text, folder, "chosen")
    assert made.text is not None, made.diagnostics
    script = folder / "pipeline.py"
    script.write_text(made.text)
    ran = run_pipeline(script, {} if given is None else {"config": given}, folder)

    outcomes, metadata, hooks = by_dagster(text, given)

    steps = {step: how for step, how in ran.document["steps"].items() if how != "not run"}
    assert steps == outcomes, ran.output
    shown = {"/".join(each["key"]) for each in ran.document["materializations"]}
    assert shown == metadata.keys()
    for value in metadata.values():
        assert all(str(each.value) in ran.output for each in value.values())
    assert ran.output.count("hook ") == hooks
    assert ran.exit_code == ("failed" in outcomes.values())


def by_dagster(
    text: str, given: dict[str, object] | None
) -> tuple[dict[str, str], dict[str, dict[str, object]], int]:
    """How each step ended, the metadata told by asset, and how many hooks were called."""
    names: dict[str, object] = {"__name__": "jobs"}
    exec(compile(text, "jobs.py", "exec", dont_inherit=True), names)  # noqa: S102
    defs = names.get("defs")
    job = defs.get_job_def("chosen") if defs is not None else names["chosen"]
    result = job.execute_in_process(run_config=given, raise_on_error=False)
    ends = {"STEP_SUCCESS": "succeeded", "STEP_FAILURE": "failed", "STEP_SKIPPED": "skipped"}
    events = result.all_events
    told = [each for each in events if each.event_type_value == "ASSET_MATERIALIZATION"]
    return (
        {
            each.step_key: ends[each.event_type_value]
            for each in events
            if each.event_type_value in ends
        },
        {each.asset_key.to_user_string(): dict(each.materialization.metadata) for each in told},
        sum(each.event_type_value == "HOOK_COMPLETED" for each in events),
    )


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (
            "@dg.job(partitions_def=dg.StaticPartitionsDefinition(['a']))\ndef j():\n    one()\n",
            "part",
        ),
        (
            "@dg.job\ndef made():\n    one()\n\nj = made.with_hooks({noted})\ndel made\n",
            "with_hooks",
        ),
        (
            "@dg.job\ndef j():\n    one()\n\n\n@dg.job\ndef k():\n    one()\n",
            "choose one with --job",
        ),
        ("@dg.graph\ndef g():\n    one()\n\nj = g.tag({'b': '2'}).to_job('j')\n", "`tag`"),
        ("@dg.graph\ndef g():\n    one()\n\nj = g.with_hooks({noted}).to_job('j')\n", "with_hooks"),
    ],
)
def test_what_no_script_heeds_is_told(job, said, tmp_path):
    made = script_of(f"{OPS}\n\n{job}", tmp_path, None)

    assert made.text is None
    assert any(said in each.message for each in made.diagnostics), made.diagnostics


@pytest.mark.parametrize(
    "asset",
    [
        "@dg.asset(resource_defs={'io_manager': dg.mem_io_manager})\ndef kept():\n    return 1\n",
        "@dg.graph_asset(resource_defs={'io_manager': dg.mem_io_manager})\n"
        "def kept():\n    return one()\n",
        "@dg.graph\ndef inner():\n    return one()\n\n"
        "kept = dg.AssetsDefinition.from_graph(\n"
        "    inner, resource_defs={'io_manager': dg.mem_io_manager}\n)\n",
        "kept = dg.AssetsDefinition.from_op(\n"
        "    one, resource_defs={'io_manager': dg.mem_io_manager}\n)\n",
    ],
)
def test_an_io_manager_of_one_asset_under_the_key_of_all_is_told(asset, tmp_path):
    made = script_of(f"{OPS}\n{asset}", tmp_path, None)

    assert made.text is None
    assert any("`io_manager` for itself" in each.message for each in made.diagnostics)


def test_resources_that_are_not_written_out_are_told(tmp_path):
    asset = """
OWN = {"base": base}


@dg.asset(resource_defs=OWN, required_resource_keys={"base"})
def kept(context):
    return context.resources.base
"""
    made = script_of(f"{OPS}{asset}", tmp_path, None)

    assert made.text is not None
    assert any("not written out" in each.message for each in made.diagnostics)


def test_resources_that_a_graph_asset_brings(tmp_path):
    asset = """
@dg.op(required_resource_keys={"base"})
def take(context):
    print("base", context.resources.base)


@dg.graph_asset(resource_defs={"base": base})
def kept():
    return take()
"""
    made = script_of(f"{OPS}{asset}", tmp_path, None)
    assert made.text is not None, made.diagnostics
    script = tmp_path / "pipeline.py"
    script.write_text(made.text)

    assert "base 10\n" in run_pipeline(script, {}, tmp_path).output


def test_a_job_that_is_not_there_is_told(tmp_path):
    made = script_of(f"{OPS}{DECORATED}", tmp_path, "another")

    assert [each.message for each in made.diagnostics] == ["there is no job of ops named `another`"]


def script_of(text: str, folder: Path, job: str | None) -> GeneratedScript:
    file = folder / "jobs.py"
    file.write_text(text)
    return generate(analyze(Request((file,), (), (), {})).pipeline, PipelineOptions(job=job))
