"""Diagrams in DOT: what is drawn, and that any name can be drawn."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.codegen.dot_reader import read, shown
from tests.codegen.models import asset, op, pipeline, step, use
from tests.codegen.models import location as located
from tests.codegen.test_mermaid import KEYS, NAMES

from assetgen.analyzer.model.steps import GraphDefinition, GraphInputSource, Output, OutputSource
from assetgen.codegen.diagrams.dot import render


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
    drawing = read(render(pipeline(*assets)))
    assert len(drawing.nodes) == len(pairs)
    assert len(drawing.edges) == len(pairs)
    for name, _ in pairs:
        label = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(name))
        assert label in {each["label"] for each in drawing.nodes.values()}


NASTY = [
    "a\\nb",
    'q"uote',
    "<b>&amp;",
    "\\",
    "{x|y}",
    "日本",
    "tab\tbed",
    "%2F",
    "a/b",
    "\\N",
    "node",
]


def test_every_name_is_shown_as_it_is():
    """Read by the grammar of DOT, and by Graphviz too where that is installed."""
    assets = [asset(name, group_name=name.replace("/", "_")) for name in NASTY]
    assets.append(asset("last", *NASTY[:3], kind="external"))
    text = render(pipeline(*assets))
    drawing = read(text)
    expected = {name.replace("\t", "\N{REPLACEMENT CHARACTER}") for name in (*NASTY, "last")}
    assert {each["label"] for each in drawing.nodes.values()} == expected
    frames = {name: each["label"] for name, each in drawing.clusters.items() if name}
    for name, inside in drawing.inside.items():
        label = drawing.nodes[name]["label"]
        assert label == "last" or frames[inside] == label.replace("/", "_")
    labels = {name: each["label"] for name, each in drawing.nodes.items()}
    assert {(labels[one], labels[other]) for one, other, _ in drawing.edges} == {
        (name, "last") for name in NASTY[:3]
    }
    if shutil.which("dot") is not None:
        done = subprocess.run(["dot", "-Tdot_json"], input=text, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        objects = [each for each in json.loads(done.stdout)["objects"] if "nodes" not in each]
        assert {shown(each["label"]) for each in objects} == expected


@pytest.mark.parametrize(
    "text",
    [
        "digraph g { a -> }",
        "digraph g { a [label=] }",
        'digraph g { "a }',
        "digraph g { a b=c",
        "digraph g { subgraph { } } }",
        'digraph g { a [label="x\\n"] }',
        'digraph g { a [label="&lt;"] }',
    ],
)
def test_the_reader_refuses_what_is_no_dot(text):
    with pytest.raises((SyntaxError, IndexError)):
        read(text)
