"""The form of the Markdown tests: what is a case, and what is expected of it."""

from pathlib import Path

import pytest
from mdtest.document import PageError, read_page, rewrite
from mdtest.expectations import Expectation, expectations, mismatches

PAGE = """\
# Title

Prose with `code`, and a block that is no case:

```text
nothing
```

## First `case`

<!-- env: A=1 -->

`pkg/definitions.py`:

```python
x = 1  # error: [first] "say \\"this\\"" # info: [second]
# warning: [third]
# a comment

y = 2
reveal(x)  # revealed: {'a': 1}
```

`data.yaml`:

```yaml
a: 1
```

```model
old
```

## Second

```python
z = 1
```

```mermaid
```
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.md"
    path.write_text(PAGE)
    return path


def test_a_heading_with_code_is_a_case(page: Path) -> None:
    first, second = read_page(page)

    assert (first.name, second.name) == ("Title - First case", "Title - Second")
    assert [file.path for file in first.files] == ["pkg/definitions.py", "data.yaml"]
    assert first.module() == "pkg.definitions"
    assert first.env() == {"A": "1"}
    assert second.module() == "main"
    assert [snapshot.text for snapshot in first.snapshots] == ["old\n"]


def test_expectations_speak_of_their_line_or_the_next_code(page: Path) -> None:
    path = "pkg/definitions.py"

    assert expectations(read_page(page)[0]) == [
        Expectation(path, 1, "error", "first", 'say "this"'),
        Expectation(path, 1, "info", "second"),
        Expectation(path, 5, "warning", "third"),
        Expectation(path, 6, "info", "revealed", "{'a': 1}"),
    ]


def test_what_is_not_matched_is_told_on_both_sides() -> None:
    expected = [Expectation("a.py", 1, "error", "r", "part"), Expectation("a.py", 2, "info", "s")]
    said = [
        Expectation("a.py", 1, "error", "r", "a part of it"),
        Expectation("b.py", 2, "info", "s"),
    ]

    assert mismatches(expected, said) == [
        "not said: a.py:2: info: [s]",
        "not expected: b.py:2: info: [s]",
    ]
    assert mismatches(expected[:1], said[:1]) == []


def test_one_expectation_matches_one_finding() -> None:
    finding = Expectation("a.py", 1, "error", "r", "text")

    assert mismatches([finding], [finding, finding]) == [f"not expected: {finding}"]


def test_snapshots_are_put_where_they_stand(page: Path) -> None:
    first, second = read_page(page)

    rewrite(first, ["one\ntwo\nthree\n"])
    rewrite(second, ["graph\n"])

    texts = [snap.text for case in read_page(page) for snap in case.snapshots]
    assert texts == ["one\ntwo\nthree\n", "graph\n"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# A\n```python\nx\n", "does not end"),
        ("# A\n```python\n```\n```python\n```\n", "a second main.py"),
        ("# A\n<!-- colour: red -->\n", "no such mark: colour"),
        ("# A\n```python\n```\n# A\n```python\n```\n", "two cases are called 'A'"),
    ],
)
def test_pages_of_another_form_are_refused(tmp_path: Path, text: str, message: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text)

    with pytest.raises(PageError, match=message):
        read_page(page)
