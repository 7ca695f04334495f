"""Made programs: a small grammar of Python as Hypothesis strategies for its text."""

from __future__ import annotations

import ast
import warnings

from hypothesis import strategies as st

NAMES = st.sampled_from(["a", "b", "éa", "_x", "match", "type", "self", "ﬁ"])
ATOMS = st.one_of(
    NAMES,
    st.sampled_from(["None", "True", "...", "0", "1_0", "0xF", "1.5e3", "2j", "()", "[]", "{}"]),
    st.sampled_from(["'s'", '"é"', "b'x'", "r'\\d'", "'''t\nu'''", "'a' \"b\"", "f'{a!r:>{b}}c'"]),
)
SPACES = st.sampled_from(["", " ", "  "])
ARITHMETIC = st.sampled_from(["+", "-", "*", "/", "//", "%", "@", "**", "<<", ">>", "&", "|", "^"])
OPERATORS = ARITHMETIC | st.sampled_from(["and", "or", "<", "==", "in", "is", "not in"])


def _join(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.just(p) if isinstance(p, str) else p for p in parts)).map("".join)


def _several(item: st.SearchStrategy[str], least: int = 0) -> st.SearchStrategy[str]:
    return st.lists(item, min_size=least, max_size=3).map(", ".join)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    wrapped = _join("(", SPACES, inner, SPACES, ")")
    return st.one_of(
        wrapped,
        _join("(", inner, " ", OPERATORS, " ", inner, ")"),
        _join("(", wrapped, " ", OPERATORS, "\n ", wrapped, " ", OPERATORS, " ", wrapped, ")"),
        _join("(not ", inner, ")"),
        _join("(-", inner, ")"),
        _join("(", inner, " if ", inner, " else ", inner, ")"),
        _join("(", NAMES, SPACES, ":=", SPACES, inner, ")"),
        _join("(lambda ", NAMES, "=", inner, ": ", inner, ")"),
        _join("(", inner, SPACES, ",", SPACES, ")"),
        _join("(", _several(inner, 2), " ,)"),
        _join("[", _several(inner), "]"),
        _join("{", _several(inner, 1), SPACES, "}"),
        _join("{", inner, SPACES, ":", inner, ", **", inner, "}"),
        _join(wrapped, SPACES, ".", SPACES, NAMES),
        _join(wrapped, SPACES, "(", SPACES, _several(inner), SPACES, ")"),
        _join(NAMES, "(*", inner, ", ", "k=", inner, ", **", inner, ")"),
        _join(wrapped, "[", inner, SPACES, ":", SPACES, inner, "]"),
        _join(NAMES, "[", _several(inner, 1), "]"),
        _join("[", inner, " for ", NAMES, " in ", wrapped, " if ", wrapped, "]"),
        _join(NAMES, "(", SPACES, inner, " for ", NAMES, " in ", wrapped, ")"),
    )


EXPRESSIONS = st.recursive(ATOMS, _larger, max_leaves=6)
TARGETS = st.one_of(
    NAMES,
    _join(NAMES, ".", NAMES),
    _join(NAMES, "[", ATOMS, "]"),
    _join("(", NAMES, ", *", NAMES, ")"),
)
SIMPLE = st.one_of(
    EXPRESSIONS,
    _join(TARGETS, SPACES, "=", SPACES, TARGETS, SPACES, "=", SPACES, EXPRESSIONS),
    _join(NAMES, SPACES, ":", EXPRESSIONS, SPACES, "=", SPACES, EXPRESSIONS),
    _join(NAMES, SPACES, "+=", SPACES, EXPRESSIONS),
    _join("del ", TARGETS, SPACES, ",", SPACES, TARGETS),
    _join("assert ", EXPRESSIONS, ", ", EXPRESSIONS),
    _join("raise ", EXPRESSIONS, " from ", EXPRESSIONS),
    st.sampled_from(["pass", "import a.b as c, d", "from .a import (b as c,)", "global a"]),
)


def _compound(block: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    header = st.one_of(
        _join("if ", EXPRESSIONS, SPACES, ":"),
        _join("while ", EXPRESSIONS, ":"),
        _join("for ", TARGETS, " in ", EXPRESSIONS, ":"),
        _join("with (", EXPRESSIONS, " as ", TARGETS, "):"),
        _join("with ", EXPRESSIONS, ", ", EXPRESSIONS, ":"),
        _join("async def ", NAMES, "(", NAMES, ": ", EXPRESSIONS, "=", EXPRESSIONS, ", /):"),
        _join(
            "@", NAMES, "\ndef ", NAMES, "(*, a, b=", EXPRESSIONS, ") -> ", EXPRESSIONS, SPACES, ":"
        ),
        _join("class ", NAMES, "(", _several(EXPRESSIONS), "):"),
        _join("try: pass\nexcept ", EXPRESSIONS, " as ", NAMES, SPACES, ":"),
        _join("match ", EXPRESSIONS, ":\n case [", NAMES, ", *_] as b if ", EXPRESSIONS, ": pass"),
    )
    return st.tuples(header, block).map(lambda parts: _indented(*parts))


def _indented(header: str, body: list[str]) -> list[str]:
    lines = header.split("\n")
    if lines[0].startswith("match ") and lines[-1].startswith(" case "):
        return [header]
    if "'''" in header:
        return [header + " pass"]
    return [*lines[:-1], lines[-1], *(f"    {line}" for line in body)]


LINES = st.tuples(SIMPLE, st.sampled_from(["", ";", " ;", "  # é"])).map("".join)
BLOCKS = st.recursive(
    st.lists(LINES.filter(lambda line: "'''" not in line), min_size=1, max_size=3).map(
        lambda lines: [part for line in lines for part in line.split("\n")]
    ),
    _compound,
    max_leaves=4,
)


def programs() -> st.SearchStrategy[str]:
    """Texts of a few statements that the running Python accepts."""
    texts = st.lists(BLOCKS, max_size=4).map(
        lambda blocks: "\n".join(line for block in blocks for line in block) + "\n"
    )
    return texts.filter(_is_accepted)


def _is_accepted(text: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except SyntaxError:
            return False
    return True
