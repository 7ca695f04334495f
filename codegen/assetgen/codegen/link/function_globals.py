"""Which module-level names the bodies of functions use.

The words of a body say it, where none of those that the module binds could be a variable of the
function too: most functions are copied as they are, and need no closer look. Of the others
Python's own table of symbols knows it, which the compiler makes without making a tree.
"""

from __future__ import annotations

import ast
import builtins
import re
import symtable
import warnings
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from assetgen.codegen.link.bound_names import argument_names
from assetgen.codegen.link.places import FORMATTED, STRING

_BUILTIN_NAMES = frozenset(dir(builtins)) - {"None", "True", "False", "__debug__"}


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The names that a function, and what is defined in it, takes from its module or from Python,
    and those that are its own or might be."""

    outer: tuple[str, ...]
    own: frozenset[str]


def names_used(
    text: str,
    place: tuple[int, int, int],
    node: ast.FunctionDef | ast.AsyncFunctionDef,
    bound: Collection[str],
) -> Mentioned | None:
    """What a function at module level mentions; None if Python does not tell.

    `place` is where its definition begins, where what follows its signature does, and where it
    ends; `bound` are the names of the module.
    """
    start, body, end = place
    parameters = {name for name, _ in argument_names(node.args)}
    code = text[body:end]
    found = _CODE.findall(code)
    strings = {string for string, _, _ in found if string}
    called = {name for _, name, after in found if after}
    others = {name for _, name, after in found if not after}
    others.update(word for string in strings for word in _words_of_fields(string))
    words = called | others
    # What a module has of itself begins with underscores: `__file__`, `__name__`.
    known = {each for each in words if each in bound or each[:2] == "__"} - parameters
    if (
        getattr(node, "type_params", ())
        or (any(each in code for each in _DEFINING) and known & {*_DEFINED.findall(code)})
        or any(_may_bind(code, name) for name in known & others)
    ):
        return _by_symbols(text[start:end])
    known |= words & _BUILTIN_NAMES
    return Mentioned(tuple(sorted(known)), frozenset(words - known) | parameters)


# Strings with fields; names, and the dot, call or subscript after them.
_NAME = r"[^\W\d]\w*"
_CODE = re.compile(
    rf"({FORMATTED})|{STRING}|\#[^\n]*|\.\w+|\d\w*|({_NAME})([ \t]*\.\s*\w+|[ \t]*[(\[])?",
    re.DOTALL,
)
_WORD = re.compile(_NAME)
_BRACE = re.compile(r"\{\{|\}\}|[{}]")


def _words_of_fields(string: str) -> Iterator[str]:
    """The words in the fields of a string that has some."""
    depth, last = 0, 0
    for brace in _BRACE.finditer(string):
        if depth:
            yield from _WORD.findall(string, last, brace.start())
        sign = brace.group()
        if depth or sign == "{":
            depth = max(0, depth + sign.count("{") - sign.count("}"))
        last = brace.end()
    if depth:
        yield from _WORD.findall(string, last)


_DEFINING = ("def ", "class ", "type ", "def\t", "class\t", "type\t")
_DEFINED = re.compile(r"\b(?:def|class|type)[ \t]+(\w+)")
# What stands before a name on its line where it may be bound: by these words, as one of several
# targets, or by something that began on another line.
_BEFORE = re.compile(
    r"\b(?:as|case|def|del|global|nonlocal)\b|\bfor\b(?:(?!\bin\b).)*\Z|\blambda\b[^:]*\Z"
    r"|\A\s*\Z|;"
)
_AMONG = re.compile(r"[,(\[*]\s*\Z")
_CALLED = re.compile(
    r"\b(?!(?:and|as|case|del|else|for|if|in|not|or|return)\b)\w+\([^()\[\]{}#\"']*\Z"
)
_WALRUS = re.compile(r"[ \t]*:=")
_EQUALS = re.compile(r"[ \t]*:=|.*?(?:(?<![!<>=])=(?!=)|<<=|>>=)")


def _may_bind(code: str, name: str) -> bool:
    """Whether a name could be a variable in a piece of code: where its line does not show that
    it is none."""
    if "case " in code:
        return True
    for found in re.finditer(rf"\b{name}\b", code):
        start, end = found.span()
        before = code[code.rfind("\n", 0, start) + 1 : start]
        if before.endswith("."):
            continue
        if _BEFORE.search(before):
            return True
        # Among the arguments of a call neither commas nor an equals sign bind anything.
        unsure = _AMONG.search(before) or _EQUALS.match(code, end)
        if unsure and (not _CALLED.search(before) or _WALRUS.match(code, end)):
            return True
    return False


def _by_symbols(text: str) -> Mentioned | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = symtable.symtable(text, "", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None  # newer syntax than that of this Python, which trees are made of otherwise
    outer: dict[str, None] = {}
    own: set[str] = set()
    for table in module.get_children():
        _collect(table, outer, own)
    return Mentioned(tuple(outer), frozenset(own))


def _collect(table: symtable.SymbolTable, outer: dict[str, None], own: set[str]) -> None:
    if isinstance(table, symtable.Function):
        outer.update(dict.fromkeys(table.get_globals()))
        own.update(set(table.get_identifiers()).difference(table.get_globals()))
    else:
        for symbol in table.get_symbols():
            if symbol.is_global():
                outer.setdefault(symbol.get_name())
            else:
                own.add(symbol.get_name())
    for child in table.get_children():
        _collect(child, outer, own)
