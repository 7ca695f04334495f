"""A module with a few statements of newer syntax has the tree that LibCST gives of all of it."""

from __future__ import annotations

import sys

import pytest
from tree_comparison import dump

from assetgen.analyzer.syntax.fast_path import parse_fast
from assetgen.analyzer.syntax.lowering.module import LoweredModule, lower_module
from assetgen.analyzer.syntax.module import LIBCST_LIMITS
from assetgen.analyzer.syntax.newer_statements import parse_with_newer
from assetgen.analyzer.syntax.type_parameters import parse_generic

NEWER = [
    ((3, 12), 'x = f"{table["name"]!r:>{width}}"'),
    ((3, 12), "type Row[T] = dict[str, T]"),
    ((3, 12), "@decorated(\n    1,\n)\ndef first[T](items: list[T]) -> T:\n    return items[0]"),
    (
        (3, 12),
        'class Named[T]:\n    """Text."""\n\n'
        '    def name(self) -> str:\n        return f"{\'a\' + "b"}"',
    ),
    ((3, 12), "async def second[ T: Base, *Ts , **P](*items: T) -> T:\n    ..."),
    ((3, 12), "@decorated\nclass Pair[T,U: int](Base[T]):\n    x = 'é'  # class Other[T]:"),
    ((3, 12), "class Pair[T]:\n    def inner[U](self, x: U): ...\n\n    class More[V]: ..."),
    ((3, 14), 'y = t"{x}"'),
    ((3, 15), "lazy import json"),
]
OLDER = '''"""A module.

import never
"""
from __future__ import annotations

# a comment
import os; import sys

text = """
def inside():
    a string
"""

if os.name:
    first = 1
elif sys:
    first = [
        2,
]
else:
    first = "é"

@decorated
@twice
class Plain:
    def method(self):
        return 1


for each in range(3):
    pass
else:
    each = None
'''


def newer_than_this_python() -> list[str]:
    return [text for needs, text in NEWER if needs > sys.version_info[:2]]


@pytest.mark.parametrize("text", newer_than_this_python())
@pytest.mark.parametrize("place", ["before", "after", "between", "alone", "twice"])
def test_tree_is_that_of_the_whole(text: str, place: str) -> None:
    head, tail = OLDER.split("# a comment\n")
    whole = {
        "before": f"{text}\n{tail}",
        "after": f"{OLDER}\n{text}",
        "between": f"{head}{text}  # a comment\n{tail}",
        "alone": text,
        "twice": f"{text}\n{tail}\n\n{text}\n# the end",
    }[place]
    lowered = lower_module(whole, "<sample>")
    assert isinstance(lowered, LoweredModule)
    found = parse_with_newer(whole, "<sample>", LIBCST_LIMITS)
    assert found is not None
    assert dump(found) == dump(lowered.tree)


@pytest.mark.parametrize(
    "text",
    [
        "x = (\n",
        "print 'old'\n",
        "x = 1\n    y = 2\n",
        "if a:\n    pass\ndef f(:\n    pass\nelse:\n    pass\n",
        'x = f"{a b}"\n',
        "@decorated\n",
        'x = """\n',
    ],
)
def test_what_is_wrong_in_any_python_is_left_to_others(text: str) -> None:
    assert parse_with_newer(text, "<sample>", LIBCST_LIMITS) is None


@pytest.mark.parametrize(
    "text",
    [
        "@text('''\ndef not_this[T](x): ...\n''')\ndef this[T](x): ...",
        "def first[T = int](x): ...",
        "def first[T, T](x): ...",
        "def first[](x): ...",
        "def first[T: (int, str)](x): ...",
        "def first():\n    def second[T](x): ...",
        "x[T] = 1",
    ],
)
def test_what_is_not_plainly_generic_is_left_to_libcst(text: str) -> None:
    assert parse_generic(text, lambda known: parse_fast(known, "<sample>")) is None
