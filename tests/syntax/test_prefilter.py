"""The prefilter finds every import, and little else."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assetgen.analyzer.syntax.prefilter import imported_names, mentions

NAMES = (b"dagster", b"assetgen.runtime")
LIBRARY = Path(ast.__file__).parent


@pytest.mark.parametrize(
    "text",
    [
        "import dagster",
        "import dagster as dg",
        "import a, dagster",
        "import a.b as c , dagster_dbt.x",
        "from dagster import asset",
        "from dagster import (\n    asset,\n)",
        "from dagster_aws.s3 import *",
        "from\tdagster\timport asset",
        "from dagster import(asset)",
        "import\\\n dagster",
        "import a, \\\n  dagster",
        "from \\\n dagster \\\n import \\\n asset",
        "from dagster\\\n.core import x",
        "from dagster . core import x",
        "try:\n    import dagster\nexcept ImportError: pass",
        "try: import dagster\nexcept ImportError: pass",
        "if x: \\\n import dagster",
        "x = 1; import dagster",
        "x = 1 ;from dagster import asset",
        "\x0cimport dagster",
        "\ufeffimport dagster",
        "x = 1\r\nimport dagster\r\n",
        "x = 1\rimport dagster\r",
        "# comment \\\nimport dagster",
        "import dagster # comment",
        "import ｄａｇｓｔｅｒ",
        "lazy import dagster",
        "lazy from dagster import asset",
        "importlib.import_module('dagster')",
        "import_module(\n  name='dagster_dbt')",
        "__import__('dagster')",
        "load = importlib.import_module; load('dagster.core')",
        "from assetgen import runtime",
        "from assetgen import (a, # )\n  runtime as r)",
        "from assetgen.runtime import asset",
        "import assetgen.runtime",
    ],
)
def test_mentions_that_are_found(text):
    assert mentions(text.encode(), NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x = 'dagster'",
        "# import dagster",
        "import mydagster",
        "from a import dagster",
        "from .dagster import x",
        "from . import dagster",
        "import assetgen.cli",
        "from assetgen import cli",
        "reimport dagster",
        "'''We import dagster here.'''",
        "x.import_dagster",
    ],
)
def test_what_only_looks_like_a_mention(text):
    assert not mentions(text.encode(), NAMES)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("import a.b as c, d", {"a.b", "d"}),
        ("from a.b import c as d, e", {"a.b", "a.b.c", "a.b.e"}),
        ("from . import a", {".", ".a"}),
        ("from ..a import (b, # comment, with comma\n c,)", {"..a", "..a.b", "..a.c"}),
        ("from ... import *", {"..."}),
        ("from .import a;import b", {".", ".a", "b"}),
        ("import_module('.a', package='b')", {".a"}),
        ("import a\n\nfrom b import c\n", {"a", "b", "b.c"}),
    ],
)
def test_names_that_a_text_imports(text, names):
    assert imported_names(text.encode()) == names


@pytest.mark.parametrize("path", sorted(LIBRARY.glob("[a-p]*.py")), ids=lambda path: path.name)
def test_no_import_of_a_library_module_is_missed(path):
    data = path.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        missing = set(imports(ast.parse(data))) - imported_names(data)
    assert missing == set()


GAPS = st.sampled_from([" ", "  ", "\t", " \\\n ", "\\\n", "\x0c"])
OPTIONAL_GAPS = GAPS | st.just("")
DOTTED = st.sampled_from(["a", "dagster", "a.b", "dagster . core", "é.b", "a\\\n.b"])
BEFORE = st.sampled_from(
    ["", "x = 1\n", "x;", "if x: ", "if x:\n    ", "# c \\\n", "'''\n'''\n", "x = 'import b'\n"]
)


@st.composite
def import_statements(draw) -> str:
    gap = draw(GAPS)
    if draw(st.booleans()):
        parts = draw(st.lists(DOTTED, min_size=1, max_size=3))
        alias = draw(st.sampled_from(["", " as c", "\\\n as c"]))
        comma = draw(OPTIONAL_GAPS) + "," + draw(OPTIONAL_GAPS)
        statement = f"import{gap}{comma.join(part + alias for part in parts)}"
    else:
        dots = draw(st.sampled_from(["", "", ".", "..", ". ."]))
        module = draw(DOTTED) if not dots else draw(DOTTED | st.just(""))
        members = draw(
            st.sampled_from(
                ["b", "(b)", "(\n b, # ) c\n c as d,\n)", "b as c, d", "*", "b , \\\n c"]
            )
        )
        before = "" if dots else gap
        after = gap if module else draw(OPTIONAL_GAPS)
        statement = f"from{before}{dots}{module}{after}import{draw(GAPS)}{members}"
    return draw(BEFORE) + statement + draw(st.sampled_from(["", "\n", ";x", "  # c", "\r\n"]))


@given(import_statements())
def test_no_import_is_missed(text):
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    assert set(imports(tree)) <= imported_names(text.encode())


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield base
            separator = "." if node.module else ""
            for alias in node.names:
                if alias.name != "*":
                    yield f"{base}{separator}{alias.name}"
