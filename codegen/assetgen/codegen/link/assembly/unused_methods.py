"""Methods of the library's classes that nobody calls, which a script does without."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator

from assetgen.codegen.link.fragments.cuts import with_comments, with_remark
from assetgen.codegen.link.fragments.fragment import Edit
from assetgen.codegen.link.modules.source_module import Piece, SourceModule
from assetgen.codegen.link.text.words import Words, as_words, words_of

_METHODS = (ast.FunctionDef, ast.AsyncFunctionDef)
# Characters whose words are looked at together, without taking much memory.
_MUCH = 100_000
# Decorators that call nothing by themselves.
_QUIET = frozenset({"property", "classmethod", "staticmethod", "setter", "overload"})


class UnusedMethods:
    """Holds methods back until their name is mentioned somewhere: as an attribute or in a string
    of the library's code that is kept, or as any word of the project's."""

    def __init__(self) -> None:
        self._mentioned: set[bytes] = set()
        self._heard: list[str] = []
        self._heard_words: set[bytes] = set()
        self._length = 0
        self._waiting: dict[bytes, list[tuple[Piece, ast.stmt]]] = {}
        self._called: list[tuple[Piece, ast.stmt]] = []
        self._held: dict[Piece, dict[ast.stmt, None]] = {}

    def without(self, piece: Piece) -> ast.stmt:
        """The statement of a piece without the methods that are held back for now."""
        node = piece.node
        if not isinstance(node, ast.ClassDef) or not _is_quiet(node):
            return node
        self._listen()
        held: dict[ast.stmt, None] = {}
        for each in node.body[1:]:
            if isinstance(each, _METHODS) and _can_wait(each):
                name = each.name.encode()
                if name not in self._mentioned:
                    held[each] = None
                    self._waiting.setdefault(name, []).append((piece, each))
        self._held[piece] = held
        return _class_of(node, [each for each in node.body if each not in held])

    def hear(self, text: str) -> None:
        """Take note of some code of the project, with all its words."""
        self._heard.append(text)
        self._length += len(text)
        if self._length > _MUCH:
            self._listen()

    def hear_words(self, words: Words) -> None:
        """The same for code of which the words are known."""
        self._heard_words |= words

    def _listen(self) -> None:
        """Look at what has been heard: much at once takes half as long as one by one."""
        if self._heard or self._heard_words:
            heard, self._heard, self._length = self._heard, [], 0
            words, self._heard_words = self._heard_words, set()
            self._mention(words_of("\n".join(heard)) | words)

    def _mention(self, words: Words) -> None:
        fresh = words - self._mentioned
        self._mentioned |= fresh
        if not self._waiting.keys().isdisjoint(fresh):
            for name in sorted(fresh & self._waiting.keys()):
                self._called += self._waiting.pop(name)

    def has_mentioned(self, names: frozenset[bytes]) -> bool:
        """Whether any of the names has been mentioned by now."""
        self._listen()
        return not names.isdisjoint(self._mentioned)

    def mention_in(self, module: SourceModule, node: ast.stmt) -> None:
        """Take note of what the library's own code mentions: attributes, and strings that are
        names."""
        text = module.text
        names: set[str] = set()
        for start, end in _extents(module, node):
            names.update(_MENTIONED.findall(text, start, end))
        self._mention(as_words(names))

    def called(self) -> Iterator[tuple[Piece, ast.ClassDef]]:
        """The methods whose names have been mentioned since: each with its class, which has no
        other methods and nothing around them."""
        self._listen()
        while self._called:
            piece, method = self._called.pop()
            del self._held[piece][method]
            assert isinstance(piece.node, ast.ClassDef)
            bare = _class_of(piece.node, [method])
            bare.bases, bare.keywords, bare.decorator_list = [], [], []
            yield piece, bare

    def cuts(self, module: SourceModule, piece: Piece) -> Iterator[Edit]:
        """What to cut out of a class: what is still held back, and headings of nothing."""
        held = self._held.get(piece)
        if not held:
            return
        assert isinstance(piece.node, ast.ClassDef)
        text = module.text
        end, is_cut = 0, False
        for each in piece.node.body:
            start, stop = module.extent(each)
            if each in held:
                is_cut = True
                continue
            if is_cut:
                decorators = [text.rindex("@", 0, module.extent(d)[0]) for d in _decorators(each)]
                first = with_comments(text, min([start, *decorators]))
                yield Edit(end, text.rindex("\n", 0, first) + 1, "\n\n")
            end, is_cut = with_remark(text, stop), False
        if is_cut:
            yield Edit(end, module.extent(piece.node)[1], "")


# What stands after a dot or between quotes. Docstrings are passed over.
_MENTIONED = re.compile(r'"""(?:[^"]|"(?!""))*"""|[."\'](?<!\.\.)([^\W\d]\w*)')


def _extents(module: SourceModule, node: ast.stmt) -> Iterator[tuple[int, int]]:
    """Where the code of a statement stands; of a class without the methods that it does not
    have here."""
    parts: list[ast.AST] = [*_decorators(node)]
    if isinstance(node, ast.ClassDef):
        parts += [*node.bases, *(each.value for each in node.keywords)]
        for each in node.body:
            parts += [*_decorators(each), each]
    else:
        parts.append(node)
    return map(module.extent, parts)


def _class_of(node: ast.ClassDef, body: list[ast.stmt]) -> ast.ClassDef:
    result = copy.copy(node)
    result.body = body
    return result


def _is_quiet(node: ast.ClassDef) -> bool:
    """Whether nobody calls methods of a class but by their names in code that can be seen."""
    if node.keywords:
        return False
    bases = (each.value if isinstance(each, ast.Subscript) else each for each in node.bases)
    # Those of Python's own are called by Python: `str`, `type`, `dict`.
    return all(isinstance(each, ast.Name) and each.id[:1].isupper() for each in bases)


def _can_wait(method: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    names = (
        each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "")
        for each in method.decorator_list
    )
    return not method.name.startswith("__") and all(name in _QUIET for name in names)


def _decorators(node: ast.stmt) -> list[ast.expr]:
    found: list[ast.expr] = getattr(node, "decorator_list", [])
    return found
