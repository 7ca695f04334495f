"""Plain YAML read by itself is what PyYAML's safe loader gives."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assetgen.analyzer.project.files.plain_yaml import TooLarge, load_yaml, plain_documents

PLAIN = (
    "",
    "# nothing",
    "a: 1\nb: [x, 'y', \"z\", 1.5, true, no, ~, null, 2024-01-02, 1_000, 0o7, 0x1F, .inf, 12:30]",
    "a: {b: {c: []}}\n? d\n: e\n",
    "a: 1\na: 2\n",
    "- - 1\n  - [2]\n- |\n  text\n  more\n- >-\n  folded\n  text\n",
    "text",
    "2024-01-02T03:04:05Z: x\n1: y\ntrue: z\n",
    "---\na: b\n",
    "a:\n",
)
OTHER = (
    "a: &x 1\nb: *x\n",
    "a: &x {c: 1}\nb: {<<: *x}\n",
    "a: !!str 1\n",
    "? [1, 2]\n: x\n",
    "a: !custom x\n",
    "a: [1\n",
    "a: 1\n---\nb: 2\n",
    "a: 2024-13-45\n",
    "a: =\n",
    "=: 1\n",
    "\tx: 1\n",
)


def outcome(load: object, text: str) -> tuple[str, object]:
    try:
        return "value", load(text)  # type: ignore[operator]
    except (yaml.YAMLError, ValueError, TypeError) as error:
        return "error", type(error)


@pytest.mark.parametrize("text", (*PLAIN, *OTHER))
def test_it_is_what_the_safe_loader_gives(text: str) -> None:
    assert outcome(load_yaml, text) == outcome(yaml.safe_load, text)


def test_what_is_not_plain_is_left_to_the_loader() -> None:
    assert all(plain_documents(text) is not None for text in PLAIN)
    assert [plain_documents(text) for text in OTHER[:6]] == [None] * 6
    assert plain_documents("a: 1\n---\nb: 2\n") == [{"a": 1}, {"b": 2}]


def test_it_is_bounded() -> None:
    assert plain_documents("[1, 2, 3]", 4) == [[1, 2, 3]]
    with pytest.raises(TooLarge):
        plain_documents("[1, 2, 3]", 3)


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.one_of(st.text(), st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)
        ),
        max_leaves=12,
    )
)
def test_whatever_is_dumped_is_read_alike(data: object) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    assert load_yaml(text) == yaml.safe_load(text)
