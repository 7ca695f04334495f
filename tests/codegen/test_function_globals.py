"""What the words of a function say of the names that it uses is what Python's compiler says."""

from __future__ import annotations

import ast
import symtable
import sys
import warnings
from itertools import accumulate
from pathlib import Path

import pytest

from assetgen.codegen.link.names.bound_names import bound_names
from assetgen.codegen.link.names.function_globals import names_used

STANDARD = Path(ast.__file__).parent
MODULES = ("argparse", "inspect", "statistics", "tarfile", "traceback", "typing", "email/utils")


def by_words(text: str, node: ast.FunctionDef, bound: set[str]) -> set[str] | None:
    """What is said of a function. With Python 3.14, whose table of symbols leaves annotations of
    variables out, nothing may be."""
    starts = [0, *accumulate(len(line) for line in text.splitlines(keepends=True))]
    end = starts[node.end_lineno - 1] + node.end_col_offset
    written = [each for each in ast.walk(node.args) if hasattr(each, "end_lineno")]
    written += [node.returns] if node.returns is not None else []
    ends = [starts[each.end_lineno - 1] + each.end_col_offset for each in written]
    start = starts[node.lineno - 1]
    body = max(ends, default=text.index("(", start))
    place = start, body, end
    found = names_used(text, place, node, {name.encode(): name for name in bound})
    assert found is not None or sys.version_info >= (3, 14)
    return set(found.outer) & bound if found is not None else None


def by_compiler(text: str, node: ast.FunctionDef, bound: set[str]) -> set[str]:
    source = "\n".join(text.split("\n")[node.lineno - 1 : node.end_lineno])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tables = list(symtable.symtable(source, "", "exec").get_children())
    names: set[str] = set()
    while tables:
        table = tables.pop()
        names |= {each.get_name() for each in table.get_symbols() if each.is_global()}
        tables += table.get_children()
    mentioned = (name for each in node.body for name in ast.walk(each))
    inside = {each.id for each in mentioned if isinstance(each, ast.Name)}
    return names & bound & inside


@pytest.mark.parametrize("module", MODULES)
def test_functions_of_the_standard_library(module):
    text = (STANDARD / f"{module}.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    bound = {name for name, _ in bound_names(tree.body)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and text.isascii():
            found, known = by_words(text, node, bound), by_compiler(text, node, bound)
            if found is None:
                continue
            assert found >= known, node.name
            extra = found - known
            assert not extra & {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}


BINDING = """
NAME = NAME2 = 1
def assigned(): NAME = 1; return NAME
def chained():
    other = NAME = 2
    return NAME
def targets(rows):
    for first, NAME in rows:
        return NAME
def over_lines(rows):
    (
        first,
        NAME,
    ) = rows
    return NAME
def in_comprehension(rows):
    return [NAME for NAME in rows]
def with_as(path):
    with open(path) as NAME:
        return NAME
def walrus(rows):
    return (NAME := rows) and NAME
def typed():
    NAME: int
    return NAME
def inner(rows):
    def NAME(row):
        return row
    return [NAME(row) for row in rows]
def parameter(rows):
    def inner(first, NAME):
        return first + NAME
    return inner(*rows)
def anonymous(rows):
    return sorted(rows, key=lambda NAME: NAME[1])
def caught():
    try:
        return 1
    except ValueError as NAME:
        return NAME
def matched(value):
    match value:
        case [_, NAME]:
            return NAME
def in_string(rows):
    return f"{[NAME for NAME in rows]}"
def otherwise(rows):
    if rows:
        pass
    else: NAME = 1
    return NAME
def unless(rows):
    try: NAME = rows[0]
    except: NAME = 1
    return NAME
def gone():
    del NAME
"""


@pytest.mark.parametrize(
    "node",
    [each for each in ast.parse(BINDING).body if isinstance(each, ast.FunctionDef)],
    ids=lambda node: node.name,
)
def test_variables_of_functions_are_no_names_of_the_module(node):
    assert "NAME" not in (by_words(BINDING, node, {"NAME"}) or ())


USING = '''
def argument(): return call(NAME, other=1)
def keyword(): return call(other=NAME)
def attribute(): return NAME.value
def filled(): NAME["x"] = 1
def compared(): return NAME == 1
def annotation():
    first: NAME = 1
    return first
def inside_of_an_annotation():
    first: list[NAME] | None = None
    return first
def shown(): return f"{NAME:>10} of it"
def default(rows): return [row for row in rows if row in NAME]
def below_a_comment():
    # It ends with a dot.
    NAME.append(1)
def below_an_ellipsis():
    ...
    NAME.append(1)
def below_a_number(other=1):
    other += 1.
    NAME.append(other)
def behind_a_string(): return call("NAME", '"', NAME)
def behind_a_comment(rows):
    """NAME "in" it."""
    # "
    return NAME
def among_strings(rows):
    text = """
    NAME
    """
    return text, "it's", NAME
def in_a_field(): return call(f"{NAME}", "")
def in_a_long_field(): return call(f"""{
    NAME
}""", "")
'''


@pytest.mark.parametrize(
    "node",
    [each for each in ast.parse(USING).body if isinstance(each, ast.FunctionDef)],
    ids=lambda node: node.name,
)
def test_names_of_the_module_are_found(node):
    assert by_words(USING, node, {"NAME"}) == {"NAME"}


def test_attributes_and_texts_are_no_names():
    text = (
        'def f(row):\n    """NAME."""\n    call(\n        row.\n        NAME, NAME=row)\n'
        '    return row.NAME, "NAME", f"NAME {row}"  # NAME\n'
    )
    node = ast.parse(text).body[0]
    assert by_words(text, node, {"NAME"}) == set()
