"""Which module-level names the bodies of functions use.

The words of a body say it, where none of those that the module binds could be a variable of the
function too: most functions are copied as they are, and need no closer look. Of the others
Python's own table of symbols knows it, which the compiler makes without making a tree.
"""

from __future__ import annotations

import ast
import re
import symtable
import sys
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
from assetgen.codegen.link.text.words import NO_WORDS, Words, words_of


@dataclass(slots=True)
class Mentioned:
    """The names that a function, and what is defined in it, takes from its module, beside some of
    Python's, and those that are its own or might be.

    `words` are all words of its code, until somebody takes them. `places` are where names of the
    module stand, of those for which that is known already. `unseen` are names that are taken to be
    among `outer` without a closer look.
    """

    outer: Sequence[str]
    own: Container[str]
    words: Words
    places: dict[str, Sequence[int]] = field(default_factory=dict)
    unseen: Collection[str] = ()

    def take_words(self) -> Words:
        """The words, for the only one who needs them later: they take much memory."""
        words, self.words = self.words, NO_WORDS
        return words

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
    bound: Mapping[bytes, str],
    given: frozenset[str] = frozenset(),
    needed: Container[str] = (),
) -> Mentioned | None:
    """What a function mentions of its module; None if Python does not tell.

    `place` is where its definition begins, where what follows its signature does, and where it
    ends; `bound` are the names of the module by their words, `given` the variables that the
    function takes from functions around it, which mention no others. Where `needed` names stand
    nobody looks closely: they are taken to be mentioned by who has them for a word.
    """
    start, body, end = place
    parameters = _parameters(node, given)
    code = text[body:end]
    words = words_of(code)
    names = [bound[word] for word in words.intersection(bound)]
    if "__" in code:
        # A module has names of itself, which begin with underscores: `__file__`, `__name__`.
        names += {*_OF_ITSELF.findall(code)}.difference(names)
    names = [name for name in names if name not in parameters]
    own = OwnWords(code, parameters)
    unseen = [name for name in names if name in needed]
    own.unseen = unseen
    if len(unseen) < len(names):
        looked_at = _looked_at(code, body, [name for name in names if name not in needed], own)
        if looked_at is None:
            return _by_symbols(text[start:end], words)
        found, places = looked_at
        own.known = found
        names = [*found, *unseen]
    else:
        places = {}
    if getattr(node, "type_params", ()):
        return _by_symbols(text[start:end], words)
    names.sort()
    return Mentioned(names, own, words, places, unseen)


_OF_ITSELF = re.compile(r"\b__\w+")


def _looked_at(
    code: str, body: int, names: Iterable[str], own: OwnWords
) -> tuple[list[str], dict[str, Sequence[int]]] | None:
    """Those of the names that some code, which begins at `body`, takes from its module, and where
    they stand, if that is known; None if the words do not tell."""
    known: list[str] = []
    found: dict[str, Sequence[int]] = {}
    unsure = long_strings(code)
    for name in names:
        places = places_of_word(code, 0, len(code), name)
        uses = _uses_of(code, name, places, unsure)
        if uses is None:
            if name not in own.all:
                continue
            if _may_bind(code, name, places):
                return None
        else:
            used, are_all = uses
            if not used:
                continue
            if are_all:
                found[name] = [body + place for place in used]
        if _is_defined_in(code, places):
            return None
        known.append(name)
    return known, found


def _parameters(
    node: ast.FunctionDef | ast.AsyncFunctionDef, given: frozenset[str]
) -> Collection[str]:
    """The names of the variables that a function is given."""
    arguments = node.args
    if given or arguments.vararg or arguments.kwarg or arguments.kwonlyargs:
        return {name for name, _ in argument_names(arguments)} | given
    return [each.arg for each in (*arguments.posonlyargs, *arguments.args)]


def places_used(code: str, name: str, unsure: Part) -> Sequence[int] | bool | None:
    """Where the code of a function uses a name of its module; true if it does somewhere, and None
    if that needs a closer look. Only in the `unsure` part strings may go over lines."""
    places = places_of_word(code, 0, len(code), name)
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
        return name in self.unseen or (self._has_alone(name) and name in self.all)

    def _has_alone(self, name: str) -> bool:
        """Whether a word stands somewhere without a dot before it."""
        places = places_of_word(self._code, 0, len(self._code), name)
        return any(self._code[place - 1] != "." for place in places)


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


def _by_symbols(text: str, words: Words) -> Mentioned | None:
    if _LEAVES_OUT and _MAY_BE_ANNOTATION.search(text) is not None:
        return None
    try:
        with without_warnings():
            module = symtable.symtable(text, "", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None  # newer syntax than that of this Python, which trees are made of otherwise
    outer: dict[str, None] = {}
    own: set[str] = set()
    for table in module.get_children():
        _collect(table, outer, own)
    return Mentioned(tuple(outer), frozenset(own), words)


_LEAVES_OUT = sys.version_info >= (3, 14)
"""Whether Python's table says nothing of the annotations of a function's variables."""
_MAY_BE_ANNOTATION = re.compile(
    r"^[ \t]+(?!(?:else|except|finally|try)\b)[\w.\[\]]+[ \t]*:[ \t]*[^\s#]", re.MULTILINE
)
_OF_THE_COMPILER = frozenset((".format", "__classdict__", "__conditional_annotations__"))
"""Names that no code has, in the tables of Python 3.14."""


def _collect(table: symtable.SymbolTable, outer: dict[str, None], own: set[str]) -> None:
    for symbol in table.get_symbols():
        name = symbol.get_name()
        if name in _OF_THE_COMPILER:
            continue
        if symbol.is_global():
            outer.setdefault(name)
        else:
            own.add(name)
    for child in table.get_children():
        _collect(child, outer, own)
