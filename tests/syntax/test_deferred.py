"""A tree whose bodies are parsed when they are looked at is the tree of the whole text."""

from __future__ import annotations

import ast
import random
import re
import sysconfig
import textwrap
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from programs import programs

from assetgen.analyzer.syntax.bodies import DeferredBody, docstring_of
from assetgen.analyzer.syntax.deferred import parse_deferred
from assetgen.analyzer.syntax.proven import Proven
from assetgen.analyzer.syntax.shape import shape_of
from assetgen.analyzer.syntax.source import decode_source
from assetgen.analyzer.syntax.splitting import split

HERE = Path(__file__).parent
SNIPPETS = dict(
    re.findall(
        r"^### ([^\n]+)\n(.*?)(?=\n### |\Z)",
        (HERE / "tricky_snippets.txt").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
FOLDERS = tuple(dict.fromkeys(sysconfig.get_path(name) for name in ("stdlib", "purelib")))


def dump(tree):
    return ast.dump(tree, include_attributes=True)


def check(text, smallest=1):
    """Where a text is split at all, its tree is the one that it has as a whole."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = parse_deferred(text, smallest)
        if tree is not None:
            generators = list(surely_generators(tree))
            assert all(shape_of(node).is_generator for node in generators)
            assert dump(tree) == dump(ast.parse(text))
    return tree is not None


def surely_generators(tree):
    """The functions that are known to be generators before their bodies are parsed."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(getattr(node, "body", None), DeferredBody):
            if node.body.surely_yields():
                yield node
        else:
            waiting += ast.iter_child_nodes(node)


def around(text):
    """A text as it is, as a function's body, as a method's, and that of one in a block."""
    inner = textwrap.indent(text, "    ", lambda line: True)
    more = textwrap.indent(inner, "    ", lambda line: True)
    yield text
    yield f"x = 1\ndef f(a, b=2):\n{inner}\n\n# after\nx = 2\n"
    yield f"class A:\n    @d\n    async def f(self) -> x:  # why: not\n        'says'\n{more}\ny=1;"
    yield f"if a:\n  try:\n    def f(\n        a: int,\n        b,\n    ):\n{more}\n  finally: pass"


@pytest.mark.parametrize("name", SNIPPETS)
def test_snippets_with_deferred_bodies_are_the_same(name):
    for text in around(SNIPPETS[name]):
        check(text)


@settings(max_examples=60, deadline=None)
@given(programs())
def test_made_programs_with_deferred_bodies_are_the_same(text):
    for whole in around(text):
        check(whole)


@settings(max_examples=60, deadline=None)
@given(programs(), st.data())
def test_what_is_wrong_is_never_split(text, data):
    for whole in around(text):
        start = data.draw(st.integers(0, len(whole)))
        end = data.draw(st.integers(start, min(start + 9, len(whole))))
        check(
            whole[:start]
            + data.draw(st.sampled_from(["", "'", '"""', "(", "\\", "\n"]))
            + whole[end:]
        )


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_sample_of_what_is_installed(folder):
    files = sorted(path for path in Path(folder).glob("*/*.py") if path.stat().st_size < 50_000)
    split_texts = 0
    for path in random.Random(3).sample(files, min(len(files), 60)):
        text = decode_source(path.read_bytes(), path.name)
        if isinstance(text, str) and _is_read(text):
            split_texts += check(text, smallest=40)
    assert split_texts > 15


def _is_read(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except (SyntaxError, ValueError):
            return False
    return True


BODY = "    x = [1, 2, 3]\n    return x\n"


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n" + BODY,
        "def f():\n" + BODY + "\n\n# said\n  # more\nx = 1",
        "def f():\n    return '''\ndef g():\n    pass\n'''\nx = 1\n",
        "def f():\n    return (1 +\n    2)  # three\n",
        "def f():\n    x = 1; y = 2\n",
        "def f(\n    a, b  # two\n):\n" + BODY,
        "def f(a='(', b=')'):\n" + BODY,
        "def f() -> 'x:':\n" + BODY,
        "@a\nasync def f(): # (\n" + BODY,
        "class A:\n    def f(self):\n        'Say.'\n        x = 'é'; return x + 'ü'\n    y = 1",
        "def f():\n    x = 1 + \\\n  2\n    return x\n",
        "if a:\n    def f():\n        return 1\nelse:\n    def f():\n        return 2\n",
        "def f():\n    def g():\n        return 1\n    return g\n",
        "def f():\n    x = rb'\\''\n",
    ],
)
def test_bodies_that_are_deferred(text):
    assert check(text)


@pytest.mark.parametrize(
    "text",
    [
        "x = 1",
        "def f(): return 1",
        "def f():\n\treturn 1\n",
        "def f():\r\n    return 1\r\n",
        "def f():\n\x0c    return 1\n",
        "def f():\n    return (1,\n2)\n",
        "def f():\n    return '\n",
        "def f():\n    return 1 1\n",
        "def f():\n    return 1;\n",
        "def f():\n        return 1\n    return 2\n",
        "def f():\n    'Says.'\n      return 2\n",
        'def f():\n    return """\n',
    ],
)
def test_bodies_that_cannot_be_deferred(text):
    assert not check(text)


def test_bodies_are_parsed_when_they_are_looked_at():
    tree = parse_deferred("def f():\n    'Says.'\n    x = 1\n    return x\n", 1)
    body = tree.body[0].body
    assert isinstance(body, DeferredBody)
    assert docstring_of(tree.body[0]) == "Says."
    assert list.__len__(body) == 0 and body
    assert [type(statement).__name__ for statement in body] == ["Expr", "Assign", "Return"]
    assert (len(body), body[-1].lineno, next(reversed(body))) == (3, 4, body[2])
    assert list.__len__(body) == 3


def test_a_body_is_not_equal_to_an_empty_list():
    (function,) = parse_deferred(f"def f():\n{BODY}", 1).body
    assert function.body != []


def test_far_down_positions_are_right_too():
    check("\n" * 3_000 + "def f():\n" + BODY)


def test_a_docstring_stays_where_it_is():
    found = split("def f():\n    '''One\n\n    two.'''\n    return 1\n", 1)
    assert "two" in found.skeleton and "return" not in found.skeleton


@pytest.mark.parametrize(
    ("body", "is_sure"),
    [
        ("    for x in range(9):\n        yield x\n", True),
        ("    call(\n        a,\n    )\n    yield 1\n", True),
        ("    x = yield\n    yield x\n", True),
        ("    x = (yield)\n    return x\n", False),
        ("    def inner():\n        yield 1\n    return inner\n", False),
        ('    x = """\n    yield\n    """\n    return x\n', False),
        ("    yields = 1\n    return yields\n", False),
        ("    rows = sorted(rows, key=lambda row: row[0])\n    yield rows\n", True),
        ("    later = lambda: (\n    yield 1\n    )\n    return later\n", False),
        ("    later = lambda: (  # why\n\n    yield 1\n    )\n    return later\n", False),
    ],
)
def test_most_generators_are_known_before_they_are_parsed(body, is_sure):
    tree = parse_deferred(f"def f(a):\n{body}", smallest=1)
    assert tree is not None
    assert len(list(surely_generators(tree))) == is_sure


def test_proven_bodies_are_not_looked_at():
    text = f"def f(a):\n{BODY * 9}"
    proven = Proven()
    whole = dump(ast.parse(text))
    assert dump(parse_deferred(text, 1, proven)) == whole
    assert len(proven.seen) == 1
    again = Proven(proven.seen)
    assert dump(parse_deferred(text, 1, again)) == whole
    assert again.seen == again.known
    wrong = text.replace("return x", "return x +", 1)
    assert parse_deferred(wrong, 1, again) is None
    assert again.seen == again.known
