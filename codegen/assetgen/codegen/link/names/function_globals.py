"""Which module-level names the bodies of functions use.

The words of a body say it, where none of those that the module binds could be a variable of the
function too: most functions are copied as they are, and need no closer look. Of the others
Python's own table of symbols knows it, which the compiler makes without making a tree.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence

from assetgen.analyzer.model.dataclass import dataclass, field
from assetgen.analyzer.project.files.quiet import without_warnings
from assetgen.codegen.link.names.bound_names import argument_names
from assetgen.codegen.link.names.words_in_lines import TAKEN, Word, may_bind_at, word_at
from assetgen.codegen.link.text.places import (
    FORMATTED,
    STRING,
    Part,
    long_strings,
    places_of_word,
)


@dataclass(slots=True)
class Mentioned:
    """The names that a function, and what is defined in it, takes from its module, beside some of
    Python's, and those that are its own or might be.

    `places` are where names of the module stand, of those for which that is known already.
    `unseen` are names that are taken to be among `outer` without a closer look, with the places of
    these words in the body.
    """

    outer: tuple[str, ...]
    own: Container[str]
    places: dict[str, Sequence[int]]
    unseen: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def may_use(self, builtin: str) -> bool:
        """Whether one of Python's names, which the module does not bind, is used, or a variable
        called like it."""
        if isinstance(self.own, OwnWords):
            return self.own.mention(builtin)
        return builtin in self.outer


def names_used(
    text: str,
    place: tuple[int, int, int],
    node: ast.FunctionDef | ast.AsyncFunctionDef,
    bound: Collection[str],
    given: frozenset[str] = frozenset(),
    needed: Container[str] = (),
) -> Mentioned | None:
    """What a function mentions of its module; None if Python does not tell.

    `place` is where its definition begins, where what follows its signature does, and where it
    ends; `bound` are the names of the module, `given` the variables that the function takes from
    functions around it, which mention no others. Where `needed` names stand nobody looks closely:
    they are taken to be mentioned by who has them for a word.
    """
    start, body, end = place
    parameters = _parameters(node, given)
    code = text[body:end]
    own = OwnWords(code, parameters)
    unseen: dict[str, list[int]] = {}
    words: dict[str, list[int]] = {}
    length = len(code)
    for name in _words_among(code, bound):
        if name not in parameters:
            places = places_of_word(code, 0, length, name)
            if places:
                (unseen if name in needed else words)[name] = places
    if not words and not getattr(node, "type_params", ()):
        own.unseen = unseen.keys()
        return Mentioned(tuple(sorted(unseen)), own, {}, unseen)
    known: list[str] = []
    found: dict[str, Sequence[int]] = {}
    unsure = long_strings(code)
    for name, places in words.items():
        uses = _uses_of(code, name, places, unsure)
        if uses is None:
            if name not in own.all:
                continue
            if _may_bind(code, name, places):
                return _by_symbols(text[start:end])
        else:
            used, are_all = uses
            if not used:
                continue
            if are_all:
                found[name] = [body + place for place in used]
        if _is_defined_in(code, places):
            return _by_symbols(text[start:end])
        known.append(name)
    if getattr(node, "type_params", ()):
        return _by_symbols(text[start:end])
    own.known, own.unseen = known, unseen.keys()
    return Mentioned(tuple(sorted([*known, *unseen])), own, found, unseen)


def _parameters(
    node: ast.FunctionDef | ast.AsyncFunctionDef, given: frozenset[str]
) -> Collection[str]:
    """The names of the variables that a function is given."""
    arguments = node.args
    if given or arguments.vararg or arguments.kwarg or arguments.kwonlyargs:
        return {name for name, _ in argument_names(arguments)} | given
    return [each.arg for each in (*arguments.posonlyargs, *arguments.args)]


def _words_among(code: str, names: Collection[str]) -> list[str]:
    """Those of the names that may be words of a piece of code, with what a module has of itself."""
    # To look for few names takes less than to divide the code into words.
    if len(names) <= _FEW:
        found = [name for name in names if name in code]
    else:
        words = {*_WORDS.findall(code)}
        found = [name for name in names if name in words]
    if "__" in code:
        # It begins with underscores: `__file__`, `__name__`.
        found += {*_OF_ITSELF.findall(code)}.difference(found)
    return found


_FEW = 60
_WORDS = re.compile(r"\w+")
_OF_ITSELF = re.compile(r"\b__\w+")


def places_used(
    code: str, name: str, places: Sequence[int], unsure: Part
) -> Sequence[int] | bool | None:
    """Where the code of a function uses a name of its module, by the places of that word; true if
    it does somewhere, and None if that needs a closer look. Only in the `unsure` part strings may
    go over lines."""
    if _is_defined_in(code, places):
        return None
    uses = _uses_of(code, name, places, unsure)
    if uses is None:
        return None if _may_bind(code, name, places) else True
    used, are_all = uses
    return used if are_all or not used else True


def _is_defined_in(code: str, places: Iterable[int]) -> bool:
    """Whether what stands at some places is the name of a definition, or seems to be."""
    for place in places:
        if code[place - 1] in " \t":
            before = code[code.rfind("\n", 0, place) + 1 : place]
            if before.rstrip(" \t").endswith(_DEFINING):
                return True
    return False


class OwnWords:
    """The words in the code of a function that are not taken from its module, looked for only
    where somebody asks."""

    __slots__ = ("_all", "_code", "_parameters", "known", "unseen")

    def __init__(self, code: str, parameters: Container[str]) -> None:
        self._code = code
        self._parameters = parameters
        self._all: frozenset[str] | None = None
        self.known: Container[str] = ()
        self.unseen: Container[str] = ()

    @property
    def all(self) -> frozenset[str]:
        """Every name in the code, and in the fields of its strings."""
        if self._all is None:
            found = _CODE.findall(self._code)
            words = {name for _, name in found}
            for string in {string for string, _ in found if string}:
                words.update(_words_of_fields(string))
            self._all = frozenset(words)
        return self._all

    def mention(self, name: str) -> bool:
        """Whether a name is among them or those of the module."""
        return name in self._code and name in self.all

    def __contains__(self, name: object) -> bool:
        if name in self._parameters:
            return True
        if not isinstance(name, str) or name not in self._code or name in self.known:
            return False
        return name in self.unseen or name in self.all


def _uses_of(
    code: str, name: str, words: Sequence[int], unsure: Part
) -> tuple[Sequence[int], bool] | None:
    """Where code that binds a name nowhere uses it, of the places of that word, and whether these
    are all; None if that needs a closer look."""
    places: list[int] = []
    are_all = True
    length = len(name)
    for start in words:
        found = word_at(code, start, start + length, unsure)
        if found is Word.TAKEN:
            places.append(start)
        elif found is Word.HIDDEN:
            are_all = False
        elif found is Word.BOUND:
            return None
        elif found is not Word.ASIDE:
            if "case " in code:
                return None
            if found is Word.PLAIN:
                places.append(start)
    if not are_all and (not places or ":=" in code):
        return None
    return places, are_all


# Strings with fields; names, but for those after a dot.
_NAME = r"[^\W\d]\w*"
_CODE = re.compile(rf"({FORMATTED})|{STRING}|\#[^\n]*|\.\w+|\d\w*|({_NAME})", re.DOTALL)
_WORD = re.compile(rf"\.\s*\w+|({_NAME})")
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


_DEFINING = ("def", "class", "type")


def _may_bind(code: str, name: str, places: Iterable[int]) -> bool:
    """Whether a name could be a variable in a piece of code: where a line in which it stands does
    not show that it is none."""
    return "case " in code or any(
        may_bind_at(code, start, start + len(name))
        for start in places
        if code[start - 1 : start] != "." and TAKEN.match(code, start + len(name)) is None
    )


def _by_symbols(text: str) -> Mentioned | None:
    try:
        with without_warnings():
            module = symtable.symtable(text, "", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None  # newer syntax than that of this Python, which trees are made of otherwise
    outer: dict[str, None] = {}
    own: set[str] = set()
    for table in module.get_children():
        _collect(table, outer, own)
    return Mentioned(tuple(outer), frozenset(own), {})


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
