"""Diagrams in Mermaid: what is drawn, and that any name can be drawn."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.codegen.models import asset, location, op, pipeline, step, use

from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.model.steps import GraphDefinition, GraphInputSource, Output, OutputSource
from assetgen.codegen.diagrams.mermaid import RESERVED, render

# The part of Mermaid's grammar that is written here; Mermaid itself is asked by
# `test_mermaid_itself_understands` where it is installed.
TEXT = r'"((?:[^"#&<>`{}%\\*\n]|#\d+;)+)"'
NODE = re.compile(rf" +(\w+)(\({TEXT}\)|\(\({TEXT}\)\))(:::(?:stub|external|observable))?")
FRAME = re.compile(rf" +subgraph (\w+) \[{TEXT}\]")
EDGE = re.compile(r"    (\w+) -->(?:\|\"\w+\"\|)? (\w+)")
STYLE = re.compile(r"    classDef \w+ [\w:#, -]+")

TRICKY = st.sampled_from(
    (
        "end",
        "o",
        "x",
        "style:",
        '"',
        "#",
        "&amp;",
        "<b>",
        "`",
        "%%{",
        "]",
        "\\",
        "\n",
        "#35;",
        "1. ",
        "__",
        "**",
        "é",
        "日本",
        " ",
        "-->",
        ":::",
        "$$",
        "http://",
        "class",
        "\u2028",
        "_",
    )
)
NAMES = st.lists(TRICKY | st.text("abc_.-", max_size=3), min_size=1, max_size=5).map("".join)
KEYS = st.lists(NAMES, min_size=1, max_size=3).map(lambda parts: AssetKey(tuple(parts)))


def test_assets_stand_in_the_frame_of_their_group():
    text = render(
        pipeline(
            asset("raw/orders", group_name="raw"),
            asset("daily", "raw/orders", "elsewhere", group_name="sales"),
            asset("elsewhere", kind="stub"),
            asset("source", kind="external", group_name="raw"),
        )
    )
    assert text == (
        "flowchart LR\n"
        '    subgraph group_raw ["raw"]\n'
        '        raw__orders("raw/orders")\n'
        '        source("source"):::external\n'
        "    end\n"
        '    subgraph group_sales ["sales"]\n'
        '        daily("daily")\n'
        "    end\n"
        '    elsewhere("elsewhere"):::stub\n'
        "    elsewhere --> daily\n"
        "    raw__orders --> daily\n"
        "    classDef external fill:#eef4fb,stroke:#4a7ab5\n"
        "    classDef stub fill:#fff4e5,stroke:#c77700,stroke-dasharray: 5 5\n"
    )


def test_a_node_names_the_function_of_a_multi_asset_and_points_at_its_assets():
    split = step("split", op("split"), "left", "right", kind="multi_asset")
    split = type(split)(
        split.name, split.kind, split.definition, (), (("left", A("left")), ("right", A("right")))
    )
    text = render(
        pipeline(
            location(
                asset("left", is_multi_asset=True),
                asset("right", is_multi_asset=True),
                steps=(split,),
            )
        )
    )
    assert 'split(("split"))' in text
    assert "split --> left\n" in text
    assert "split --> right\n" in text


def test_ops_of_a_graph_backed_asset_are_circles_with_their_wiring():
    inner = GraphDefinition(
        "inner",
        None,
        (),
        (Output("result"),),
        (use(op("g", "value"), value=GraphInputSource("value")),),
        (("result", OutputSource("g", "result")),),
    )
    graph = GraphDefinition(
        "report",
        None,
        (),
        (Output("result"),),
        (
            use(op("f", "table"), table=GraphInputSource("orders")),
            use(inner, value=OutputSource("f", "result", "mapped")),
            use(op("h", "rows"), rows=OutputSource("inner", "result", "collected")),
        ),
        (("result", OutputSource("h", "result")),),
    )
    model = pipeline(
        location(
            asset("orders"),
            asset("report", "orders", is_graph_backed=True),
            steps=(step("report", graph, "report", inputs={"orders": "orders"}),),
        )
    )
    text = render(model, detail="ops")
    assert re.findall(r"(\w+)\(\(", text) == ["report__f", "report__h", "report__inner__g"]
    assert EDGE.findall(text) == [
        ("orders", "report__f"),
        ("report__f", "report__inner__g"),
        ("report__h", "report"),
        ("report__inner__g", "report__h"),
    ]
    assert '-->|"mapped"|' in text
    assert '-->|"collected"|' in text
    assert EDGE.findall(render(model)) == [("orders", "report")]


def test_an_asset_of_another_location_is_drawn_where_it_is_made():
    text = render(
        pipeline(
            location(asset("orders"), name="one"),
            location(asset("orders", kind="external"), asset("report", "orders"), name="two"),
        )
    )
    assert text.count('orders("orders")') == 1
    assert "orders --> report" in text
    assert text.index('["one"]') < text.index('orders("orders")') < text.index('["two"]')


def test_a_reserved_word_is_no_identifier():
    text = render(pipeline(*(asset(word) for word in sorted(RESERVED)), asset("end_")))
    names = [match.group(1) for line in text.splitlines() if (match := NODE.fullmatch(line))]
    assert len(set(names)) == len(RESERVED) + 1
    assert not RESERVED & set(names)


@given(st.lists(st.tuples(KEYS, NAMES), min_size=1, max_size=5, unique_by=lambda pair: pair[0]))
@settings(deadline=None)
def test_any_name_renders(named):
    text = render(_chain(named))
    shown = []
    for line in text.split("\n")[1:-1]:
        match = NODE.fullmatch(line)
        if match:
            shown.append(_plain(match.group(3) or match.group(4)))
        else:
            frame = FRAME.fullmatch(line)
            assert frame or EDGE.fullmatch(line) or STYLE.fullmatch(line) or line.strip() == "end"
            assert not frame or _plain(frame.group(2)) in {_shown(group) for _, group in named}
    assert sorted(shown) == sorted(_shown(str(each)) for each, _ in named)
    names = [match.group(1) for line in text.split("\n") if (match := NODE.fullmatch(line))]
    assert len(set(names)) == len(named)
    assert render(_chain(list(reversed(named)))).count("-->") == text.count("-->")


if "ASSETGEN_MERMAID" in os.environ:  # a folder where `npm install mermaid jsdom` was done

    @given(st.lists(st.lists(st.tuples(KEYS, NAMES), max_size=6, unique_by=lambda p: p[0])))
    @settings(deadline=None, max_examples=10)
    def test_mermaid_itself_understands(many):
        models = [_chain(named) for named in many if named]
        run = subprocess.run(
            ["node", str(Path(__file__).with_name("mermaid_parse.mjs"))],
            input=json.dumps([render(model) for model in models]),
            capture_output=True,
            text=True,
            check=True,
            cwd=os.environ["ASSETGEN_MERMAID"],
        )
        for model, answer in zip(models, json.loads(run.stdout), strict=True):
            assets = model.locations[0].assets
            assert sorted(answer["labels"]) == sorted(_shown(str(each.key)) for each in assets)
            assert answer["edges"] == sum(len(each.deps) for each in assets)


def _chain(named):
    keys = [each for each, _ in named]
    return pipeline(
        *(
            asset(each, *keys[:number][-1:], group_name=group)
            for number, (each, group) in enumerate(named)
        )
    )


def _shown(text: str) -> str:
    return text if text.strip() else "\xa0"


def _plain(label: str) -> str:
    return re.sub(r"#(\d+);", lambda match: chr(int(match.group(1))), label)


def A(text: str) -> AssetKey:
    return AssetKey((text,))
