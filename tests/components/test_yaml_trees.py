"""YAML as expressions: what they hold, and where they say they stand."""

import ast

import pytest

from assetgen.analyzer.intrinsics.components.yaml_trees import YamlProblem, parse_yaml


def evaluated(text: str) -> list[object]:
    return [
        ast.literal_eval(statement.value)
        for statement in parse_yaml(text, "defs.yaml").tree.body
        if isinstance(statement, ast.Expr)
    ]


def spans(text: str) -> dict[str, tuple[int, int, int, int]]:
    parsed = parse_yaml(text, "defs.yaml")
    found = {}
    for node in ast.walk(parsed.tree):
        if isinstance(node, ast.Constant):
            span = parsed.span(node)
            found[str(node.value)] = (span.line, span.column, span.end_line, span.end_column)
    return found


def test_documents_are_what_yaml_says() -> None:
    text = "a: 1\nb: [x, 'y']\nc: {d: null}\n---\n- 2024-01-01\n- yes\n- 1.5\n"

    assert evaluated(text) == [
        {"a": 1, "b": ["x", "y"], "c": {"d": None}},
        ["2024-01-01", True, 1.5],
    ]


def test_merged_and_repeated_parts_are_expanded() -> None:
    text = "base: &base {x: 1, y: 2}\nmore:\n  <<: *base\n  y: 3\nagain: *base\n"

    assert evaluated(text) == [
        {"base": {"x": 1, "y": 2}, "more": {"x": 1, "y": 3}, "again": {"x": 1, "y": 2}}
    ]


def test_values_stand_where_they_are_written() -> None:
    found = spans("näme: ü\nlist:\n  - first\n  - 'second'\n")

    assert found["ü"] == (1, 7, 1, 8)
    assert found["first"] == (3, 5, 3, 10)
    assert found["second"] == (4, 5, 4, 13)


def test_block_ends_with_its_last_value() -> None:
    parsed = parse_yaml("a:\n  b: 1\n\n\nc: 2\n", "defs.yaml")
    statement = parsed.tree.body[0]
    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Dict)

    assert parsed.segment(statement.value.values[0]) == "b: 1"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [", 1),
        ("a: 1\nb: c: d\n", 2),
        ("a: &a [*a]\n", 1),
        ("a: !python/object:os.system {}\n", 1),
        ("a: {[]: 1}\n" + "b: " + "[" * 3000, 1),
    ],
)
def test_what_is_no_yaml_is_told(text: str, line: int) -> None:
    with pytest.raises(YamlProblem) as problem:
        parse_yaml(text, "defs.yaml")

    assert problem.value.line <= line


def test_aliases_of_aliases_are_given_up() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]

    with pytest.raises(YamlProblem, match="more than"):
        parse_yaml("\n".join(lines), "defs.yaml")


def test_characters_that_yaml_refuses_are_told_with_their_line() -> None:
    with pytest.raises(YamlProblem, match="the character 0x0016") as problem:
        parse_yaml("a: 1\nb: \x16\n", "defs.yaml")
    assert problem.value.line == 2
