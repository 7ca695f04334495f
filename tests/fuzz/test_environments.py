"""Random modules that ask for an environment variable: what is said of them without its value
holds for each value, or on a condition; what is missing is told.

The normal run draws the same modules every time; `--fuzz-examples N` draws more, and others.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from conformance.compare import Graph, agree, differences, graph_of_dagster
from conformance.oracle import Oracle
from conformance.reader import graph_of, pipeline_of
from conformance.recipe import Recipe
from fuzz.drawing import drawing
from fuzz.grammar.environments import ALWAYS, WORLDS, modules
from fuzz.test_against_dagster import inside
from hypothesis import given

from assetgen.analyzer.lint.run import lint
from assetgen.analyzer.model.pipeline import CodeLocation, Pipeline

EXAMPLES = 25
KINDS = ("assets", "checks", "jobs", "schedules", "sensors", "resources")


def test_what_is_said_holds_in_every_world(oracle: Oracle, pytestconfig: pytest.Config) -> None:

    @drawing(pytestconfig, EXAMPLES)
    @given(modules())
    def holds(text: str) -> None:
        told = list(compared(text, oracle))
        if told:
            pytest.fail("\n".join((*told, "", text)), pytrace=False)

    holds()


def compared(text: str, oracle: Oracle) -> Iterator[str]:
    """What is wrong in what is said of a module, with the variable set and without."""
    with tempfile.TemporaryDirectory() as name, inside(Path(name)) as folder:
        (folder / "main.py").write_text(text, encoding="utf-8")
        recipe = Recipe("drawn", folder, (folder,), module="main")
        worlds: dict[str, Graph] = {}
        for stage in WORLDS:
            pinned = replace(recipe, env={"STAGE": stage})
            worlds[stage] = graph_of_dagster(oracle.graph(pinned))
            for line in differences(worlds[stage], graph_of(pipeline_of(pinned), oracle)):
                yield f"{stage}: {line}"
        pipeline = pipeline_of(recipe)
        yield from of_all(pipeline, graph_of(pipeline, oracle), worlds)
        yield from automations_of_all(pipeline.locations[0], worlds)


def of_all(pipeline: Pipeline, said: Graph, worlds: Mapping[str, Graph]) -> Iterator[str]:
    """What is wrong in what is said where the variable is not known."""
    (location,) = pipeline.locations
    conditional = conditional_in(location)
    yield from (f"{name}: in every world" for name in sorted(conditional & ALWAYS))
    told = {each.rule for each in pipeline.diagnostics} - {"unresolved-condition"}
    is_lost = any(rule.startswith("unresolved-") for rule in told)
    for kind in KINDS:
        entries = getattr(said, kind)
        there = [getattr(world, kind) for world in worlds.values()]
        somewhere = set().union(*there)
        everywhere = somewhere.intersection(*there)
        sure = set(entries) - conditional
        yield from (f"{kind} {name}: not in every world" for name in sorted(sure - everywhere))
        if not is_lost:
            yield from (f"{kind} {name}: missing" for name in sorted(somewhere - set(entries)))
        if kind == "assets":
            yield from attributes_of_all(said, there)
    for finding in lint(pipeline).findings:
        if finding.severity.value != "info":
            yield f"{finding.span.line}: {finding.rule}: {finding.message}"


def attributes_of_all(
    said: Graph, there: list[Mapping[str, Mapping[str, object]]]
) -> Iterator[str]:
    for name, attributes in said.assets.items():
        unknown = said.unknown.get(name, frozenset())
        for each in sorted(set(attributes) - unknown):
            values = [world[name].get(each) for world in there if name in world]
            if not all(agree(each, attributes[each], value, False) for value in values):
                yield f"{name}: {each} is {attributes[each]!r}, in Dagster {values!r}"


def automations_of_all(location: CodeLocation, worlds: Mapping[str, Graph]) -> Iterator[str]:
    """What is wrong in what is said of jobs, schedules, sensors and checks; nothing is said of what
    is None or empty."""
    for stage, world in worlds.items():
        for job in location.jobs:
            there = world.jobs.get(job.name)
            if there is not None and job.assets is not None:
                assets = ["/".join(key.parts) for key in job.assets]
                if sorted(assets) != sorted(there["assets"]):
                    yield f"{stage}: job {job.name} is over {assets}, in Dagster {there}"
        for schedule in location.schedules:
            there = world.schedules.get(schedule.name, {})
            for name, said in (("job", schedule.job), ("cron", list(schedule.cron))):
                if there and said and said != there[name]:
                    yield f"{stage}: {name} of {schedule.name} is {said}, in Dagster {there}"
        for sensor in location.sensors:
            there = world.sensors.get(sensor.name, {"jobs": ()})
            if not set(there["jobs"]).issubset(sensor.jobs):
                yield f"{stage}: jobs of {sensor.name} are {sensor.jobs}, in Dagster {there}"
        for check in location.checks:
            there = world.checks.get(f"{'/'.join(check.asset.parts)}:{check.name}", {})
            for name in sorted(there.keys() & {"blocking", "description"} - set(check.unknown)):
                if there[name] != getattr(check, name):
                    yield f"{stage}: {name} of {check.name} is not {there[name]}"


def conditional_in(location: CodeLocation) -> set[str]:
    """The names of what is there on a condition, or may be called otherwise, as they are called in
    a `Graph`."""
    named = {
        **{"/".join(asset.key.parts): asset for asset in location.assets},
        **{f"{'/'.join(check.asset.parts)}:{check.name}": check for check in location.checks},
        **{job.name: job for job in location.jobs},
        **{schedule.name: schedule for schedule in location.schedules},
        **{sensor.name: sensor for sensor in location.sensors},
        **{resource.key: resource for resource in location.resources},
    }
    unsure = {"/".join(asset.key.parts) for asset in location.assets if "key" in asset.unknown}
    return unsure | {name for name, each in named.items() if each.conditional is not None}
