"""Diagrams in DOT: what is drawn, and that any name can be drawn."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.codegen.models import asset, op, pipeline, step, use
from tests.codegen.models import location as located
from tests.codegen.test_mermaid import KEYS, NAMES

from assetgen.analyzer.model.steps import GraphDefinition, GraphInputSource, Output, OutputSource
from assetgen.codegen.dot import render

STRING = r'"(?:[^"\\\n]|\\\\|\\")*"'
LINE = re.compile(
    rf" *(?:digraph assets {{|}}|rankdir=LR|(?:node|graph) \[.*\]|subgraph {STRING} {{"
    rf"|label={STRING}|{STRING} \[label={STRING}[^\"]*(?: ?\w+=\"[#\w,]+\")*\]"
    rf"|{STRING} -> {STRING}(?: \[label={STRING}\])?)"
)


def test_assets_stand_in_the_frame_of_their_group():
    text = render(
        pipeline(
            asset("raw/orders", group_name="raw", kind="external"),
            asset("daily", "raw/orders", "lost"),
            asset("lost", kind="stub"),
        )
    )
    body = text.split("\n")[4:]
    assert body == [
        '    subgraph "cluster group/src/default" {',
        '        label="default"',
        '        "asset/src/daily" [label="daily"]',
        "    }",
        '    subgraph "cluster group/src/raw" {',
        '        label="raw"',
        '        "asset/src/raw/orders" [label="raw/orders" style="rounded,filled" '
        'fillcolor="#eef4fb" color="#4a7ab5"]',
        "    }",
        '    "asset/src/lost" [label="lost" style="rounded,filled,dashed" '
        'fillcolor="#fff4e5" color="#c77700"]',
        '    "asset/src/lost" -> "asset/src/daily"',
        '    "asset/src/raw/orders" -> "asset/src/daily"',
        "}",
        "",
    ]


def test_ops_are_drawn_on_demand():
    inner = op("double", "x")
    graph = GraphDefinition(
        "total",
        None,
        (),
        (Output("result"),),
        (use(inner, x=GraphInputSource("a")),),
        (("result", OutputSource("double", "result")),),
    )
    whole = located(
        asset("a"),
        asset("total", "a", is_graph_backed=True, step="total"),
        steps=(step("total", graph, "total", inputs={"a": "a"}),),
    )
    text = render(pipeline(whole), detail="ops")
    assert '"op/src/total/double" [label="double" shape=ellipse]' in text
    assert '"asset/src/a" -> "op/src/total/double"' in text
    assert '"op/src/total/double" -> "asset/src/total"' in text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(KEYS, NAMES), min_size=1, max_size=4, unique_by=lambda pair: pair[0]))
def test_any_name_can_be_drawn(pairs):
    assets = [asset(name, *(key for key, _ in pairs[:1]), group_name=g) for name, g in pairs]
    for line in render(pipeline(*assets)).splitlines():
        assert LINE.fullmatch(line), line


def test_graphviz_itself_understands():
    """Where Graphviz is not installed there is nothing to ask."""
    if shutil.which("dot") is None:
        return
    names = ["a\\nb", 'q"uote', "<b>&amp;", "\\", "{x|y}", "日本", "tab\tbed", "%2F", "a/b"]
    assets = [asset(name, group_name=name.replace("/", "_")) for name in names]
    done = subprocess.run(
        ["dot", "-Tdot_json"], input=render(pipeline(*assets)), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    labels = {each["label"] for each in json.loads(done.stdout)["objects"] if "nodes" not in each}
    expected = {name.replace("\t", "\N{REPLACEMENT CHARACTER}") for name in names}
    assert {unescaped(label) for label in labels} == expected


def unescaped(label: str) -> str:
    return label.replace("\\\\", "\\").replace("&amp;", "&")
