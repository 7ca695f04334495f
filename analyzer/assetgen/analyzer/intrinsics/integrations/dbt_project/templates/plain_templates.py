"""Templates with plain blocks, parsed without Jinja and without the text between the blocks.

The text of an SQL file is not needed, and most files have no other blocks than expressions,
conditions, loops and assignments. All others are left to Jinja.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.plain_expressions import (
    NotPlain,
    plain_expression,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates.syntax import (
    BadTemplate,
    parse_template,
)


def plain_template(text: str) -> list[nodes.Node] | None:
    """The statements of a template, as Jinja parses them but without the text; None if it is not
    plain.

    An opening sign counts if nothing before it is still open. A tag ends at the first possible
    place: up to there, nothing that would end later is an expression.
    """
    try:
        return _Reader(_BREAK.sub("\n", text) if "\r" in text else text).body(())
    except (NotPlain, RecursionError):
        return None


def plain_text(text: str) -> str | None:
    """The text of a template without blocks, which is almost the template itself."""
    if "{{" in text or "{%" in text or "{#" in text:
        return None
    return (_BREAK.sub("\n", text) if "\r" in text else text).removesuffix("\n")


def plain_whole(text: str) -> nodes.Expr | None:
    """The single expression that a template consists of; None if it is more, or not plain."""
    part = _PART.match(text) if text.startswith("{{") else None
    if part is None or part.end() < len(text) or len(text) == 2:
        return None
    start, end = _inside(text, 0, len(text))
    return _alone(text[start:end])


def plain_expressions(text: str) -> list[tuple[str, nodes.Expr]] | None:
    """The expressions of a template that has nothing else but comments, in order, each with its
    text; None if there is more, or it is not plain.

    Each is parsed once, as if it stood in the first line: many stand in many files.
    """
    found: list[tuple[str, nodes.Expr]] = []
    for part in _PART.findall(text):
        kind = part[:2]
        if len(part) == 2 or kind == "{%":
            return None
        if kind == "{{":
            start, end = _inside(part, 0, len(part))
            inner = part[start:end]
            parsed = _alone(inner)
            if parsed is None:
                return None
            found.append((inner, parsed))
    return found


@lru_cache(maxsize=4096)
def _alone(text: str) -> nodes.Expr | None:
    try:
        return _expression(_BREAK.sub("\n", text), 1)
    except NotPlain:
        return None


def _expression(text: str, line: int) -> nodes.Expr:
    """The tree of an expression by itself, by Jinja if Python has none."""
    try:
        return plain_expression(text, line)
    except NotPlain:
        tree = parse_template("\n" * (line - 1) + f"{{{{ {text} }}}}")
        if isinstance(tree, BadTemplate):
            raise
        parts = list(tree.iter_child_nodes())
        found = parts[0].nodes if len(parts) == 1 and isinstance(parts[0], nodes.Output) else []
        if len(found) != min(line, 2) or isinstance(found[-1], nodes.TemplateData):
            raise  # it ends before the text does
        return found[-1]


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the content of a part begins and ends in a text, without its delimiters and blanks."""
    start, end = start + 2, end - 2
    signs = "+-" if text[end] == "%" else "-"
    if start < end and text[start] in "+-":
        start += 1
    if start < end and text[end - 1] in signs:
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


_PART: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[{#%]", re.DOTALL)
_NAME: Final = r"[A-Za-z_][A-Za-z0-9_]*"
_FOR: Final = re.compile(rf"for\s+({_NAME}(?:\s*,\s*{_NAME})*)\s+in\b", re.ASCII)
_SET: Final = re.compile(rf"set\s+({_NAME})(?:\.({_NAME}))?\s*=(?!=)", re.ASCII)
_WORD: Final = re.compile(_NAME, re.ASCII)
_BREAK: Final = re.compile(r"\r\n?")
_RESERVED: Final = frozenset(("true", "false", "none", "True", "False", "None", "in"))


class _Reader:
    """Reads the parts of a template in order; `ended` is the tag that ended a body, and `rest` the
    position of its expression, if it has one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parts = _PART.finditer(text)
        self._position = 0
        self._line = 1
        self.ended = ""
        self.rest = (0, 0)

    def body(self, ends: tuple[str, ...]) -> list[nodes.Node]:
        """The statements up to the first tag of some; up to the end of the text without any."""
        found: list[nodes.Node] = []
        output: list[nodes.Node] = []
        for part in self._parts:
            start, end = part.span()
            kind = self._text[start : start + 2]
            if end - start == 2:
                raise NotPlain
            if kind == "{#":
                continue
            start, end = _inside(self._text, start, end)
            if kind == "{{":
                output.append(self._expression(start, end))
                continue
            if output:
                found.append(nodes.Output(output, lineno=output[0].lineno))
                output = []
            word = _WORD.match(self._text, start, end)
            name = word[0] if word is not None else ""
            if name in ends:
                self.ended, self.rest = name, (start + len(name), end)
                return found
            found.append(self._statement(name, start, end))
        if output:
            found.append(nodes.Output(output, lineno=output[0].lineno))
        if ends:
            raise NotPlain
        return found

    def _expression(self, start: int, end: int, *, is_whole: bool = False) -> nodes.Expr:
        """The expression in a part of the text; `is_whole` for one that is no tuple and holds no
        condition of its own, since a condition may follow it in a tag."""
        start = self._after_blanks(start, end)
        made = _expression(self._text[start:end], self._line_of(start))
        if is_whole and isinstance(made, (nodes.Tuple, nodes.CondExpr)):
            raise NotPlain
        return made

    def _after_blanks(self, start: int, end: int) -> int:
        while start < end and self._text[start].isspace():
            start += 1
        return start

    def _statement(self, name: str, start: int, end: int) -> nodes.Node:
        line = self._line_of(start)
        if name == "if":
            return self._if(start + len(name), end, line)
        if name == "for":
            return self._for(start, end, line)
        if name == "set":
            return self._set(start, end, line)
        if name == "do":
            return nodes.ExprStmt(self._expression(start + len(name), end), lineno=line)
        raise NotPlain

    def _if(self, start: int, end: int, line: int) -> nodes.Node:
        result = arm = nodes.If(lineno=line)
        while True:
            arm.test = self._expression(start, end, is_whole=True)
            arm.body = self.body(("elif", "else", "endif"))
            arm.elif_, arm.else_ = [], []
            if self.ended != "elif":
                break
            start, end = self._after_blanks(*self.rest), self.rest[1]
            arm = nodes.If(lineno=self._line_of(start))
            result.elif_.append(arm)
        self._no_more()
        if self.ended == "else":
            result.else_ = self.body(("endif",))
            self._no_more()
        return result

    def _for(self, start: int, end: int, line: int) -> nodes.Node:
        written = _FOR.match(self._text, start, end)
        if written is None:
            raise NotPlain
        names = [name.strip() for name in written[1].split(",")]
        if "\n" in written[0] or not _RESERVED.isdisjoint(names):
            raise NotPlain
        if "recursive" in self._text[written.end() : end]:
            raise NotPlain
        targets = [nodes.Name(name, "store", lineno=line) for name in names]
        target = nodes.Tuple(targets, "store", lineno=line) if len(names) > 1 else targets[0]
        values = self._expression(written.end(), end, is_whole=True)
        body = self.body(("endfor", "else"))
        self._no_more()
        otherwise: list[nodes.Node] = []
        if self.ended == "else":
            otherwise = self.body(("endfor",))
            self._no_more()
        return nodes.For(target, values, body, otherwise, None, False, lineno=line)

    def _set(self, start: int, end: int, line: int) -> nodes.Node:
        written = _SET.match(self._text, start, end)
        if written is None or "\n" in written[0] or written[1] in _RESERVED:
            raise NotPlain
        target = (
            nodes.Name(written[1], "store", lineno=line)
            if written[2] is None
            else nodes.NSRef(written[1], written[2], lineno=line)
        )
        return nodes.Assign(target, self._expression(written.end(), end), lineno=line)

    def _no_more(self) -> None:
        """Require that nothing follows the word of the tag that ended a body."""
        start, end = self.rest
        if self._text[start:end].strip():
            raise NotPlain

    def _line_of(self, position: int) -> int:
        """The line of a position; positions are asked for in order."""
        self._line += self._text.count("\n", self._position, position)
        self._position = position
        return self._line
