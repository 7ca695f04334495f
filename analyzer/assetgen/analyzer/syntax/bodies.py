"""Bodies of functions that are not parsed before something looks at them.

Most of a module's bytes are bodies of functions, and most of those are never evaluated: their trees
would take nine tenths of the memory of all trees.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import SupportsIndex, overload

from assetgen.analyzer.syntax.splitting import Cut

_SHIFTED = 2_000
"""From this line on, moving nodes costs less than parsing that many empty lines before them."""


_YIELDING = re.compile(r"^ *yield\b", re.MULTILINE)
_HIDING = re.compile(r"""\b(?:def|class)\b|\"{3}|'{3}|\\\n""")


class DeferredBody(list[ast.stmt]):
    """The statements of a function, parsed when they are first asked for.

    A list like any other to whatever reads it in Python. `docstring` is known before.
    """

    __slots__ = ("_kept", "_line", "_text", "docstring")

    def __init__(self, text: str, cut: Cut, kept: list[ast.stmt]) -> None:
        super().__init__()
        # Not the whole text, which then would live as long as any of its functions.
        self._text: str | None = text[cut.start : cut.stop]
        self._line = cut.line
        self._kept = kept
        self.docstring = _docstring(kept)

    @property
    def unread_from(self) -> int | None:
        """The line in which the statements begin, after a docstring, if nothing has looked at
        them."""
        return self._line if self._text is not None else None

    @property
    def is_parsed(self) -> bool:
        """Whether anything has looked at the statements."""
        return self._text is None

    def may_mention(self, word: str) -> bool:
        """Whether a word stands in the statements; if they have been parsed, it may."""
        return self._text is None or word in self._text

    def surely_yields(self) -> bool:
        """Whether the text shows that running the statements makes a generator, which mostly it
        does.

        A line that begins with `yield` belongs to the function if nothing is defined within it and
        no string spans lines. One in a lambda can only follow a bracket.
        """
        text = self._text
        if text is None or _HIDING.search(text):
            return False
        return any(_is_statement(text[: line.start()]) for line in _YIELDING.finditer(text))

    def _load(self) -> None:
        if self._text is not None:
            text, self._text = self._text, None
            super().extend(self._kept)
            super().extend(_parsed(text, self._line))
            self._kept = []

    def __iter__(self) -> Iterator[ast.stmt]:
        self._load()
        return super().__iter__()

    def __reversed__(self) -> Iterator[ast.stmt]:
        self._load()
        return super().__reversed__()

    def __len__(self) -> int:
        self._load()
        return super().__len__()

    def __bool__(self) -> bool:
        return True

    def __eq__(self, other: object) -> bool:
        self._load()
        return super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        self._load()
        return super().__ne__(other)

    __hash__ = None

    @overload
    def __getitem__(self, index: SupportsIndex) -> ast.stmt: ...
    @overload
    def __getitem__(self, index: slice) -> list[ast.stmt]: ...
    def __getitem__(self, index: SupportsIndex | slice) -> ast.stmt | list[ast.stmt]:
        self._load()
        return super().__getitem__(index)


def _is_statement(before: str) -> bool:
    """Whether a `yield` that begins a line is a statement, by the text before that line."""
    last = before.rstrip()
    return not last.endswith(("(", "{")) and "#" not in last[last.rfind("\n") + 1 :]


def docstring_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str | None:
    """The docstring of a function as written, without parsing the rest of its body."""
    body = node.body
    return body.docstring if isinstance(body, DeferredBody) else _docstring(body[:1])


def _docstring(statements: Sequence[ast.stmt]) -> str | None:
    for statement in statements:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            value = statement.value.value
            return value if isinstance(value, str) else None
    return None


def _parsed(text: str, line: int) -> list[ast.stmt]:
    """The statements of a body that begins in a line, with the positions that they have there."""
    block = f"if 1:\n{text}"
    before = line - 2
    try:
        if before <= _SHIFTED:
            return _body(ast.parse("\n" * before + block))
        tree = ast.parse(block)
    except SyntaxError as error:
        tree = _refused(error)
    ast.increment_lineno(tree, before)
    return _body(tree)


def _refused(error: SyntaxError) -> ast.Module:
    """What is wrong in a body that is not Python, though it was taken for valid: Python had
    compiled another text of the same size and time."""
    return ast.parse(f"if 1:\n raise SyntaxError({error.msg!r})")


def _body(tree: ast.Module) -> list[ast.stmt]:
    block = tree.body[0]
    assert isinstance(block, ast.If)
    return block.body
