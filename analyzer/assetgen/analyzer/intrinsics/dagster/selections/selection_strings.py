"""Selection strings: `key:"a/b*" and (group:x or not tag:a=b)`, `+name`, `*`."""

from __future__ import annotations

import re

from assetgen.analyzer.intrinsics.dagster.declared.selections import (
    AllAssets,
    Downstream,
    Ends,
    FieldSelected,
    KeyMatched,
    KeysSelected,
    Selection,
    SetOperation,
    Upstream,
)
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey


class SelectionSyntaxError(Exception):
    """A string that is not a selection; the message says where it goes wrong."""


def parse_selection(text: str, *, include_sources: bool = False) -> Selection:
    """The selection that a string means. Raises `SelectionSyntaxError`.

    `not` binds tighter than `and`, `and` tighter than `or`; `2+key:x` are two steps upstream,
    `key:x+` is everything downstream. A bare key is read in an older way, see `_clause`.
    """
    if not text.strip():
        raise SelectionSyntaxError("an empty string selects nothing")
    clause = _CLAUSE.fullmatch(text.strip())
    if clause is not None:
        return _clause(*clause.groups())
    try:
        return _parsed(text, include_sources)
    except SelectionSyntaxError:
        key, _, value = text.removeprefix("tag:").partition("=")
        if text.startswith("tag:") and "=" not in value:
            return FieldSelected("tag", value, key)  # an older way to write a tag
        raise


def _parsed(text: str, include_sources: bool) -> Selection:
    parser = _Parser(_tokens(text), text, include_sources)
    selection = parser.either()
    if parser.peek() is not None:
        raise SelectionSyntaxError(f'"{parser.peek()}" is not expected in "{text}"')
    return selection


_CLAUSE = re.compile(r"(\*?\+*)([./\w\[\]?-]+)(\+*\*?)")


def _clause(above: str, key: str, below: str) -> Selection:
    """A bare key, as in `++a/b` or `a/b*`: one step for each `+`, any number of them for `*`."""
    selection = _key(key)
    return _around(
        selection,
        _ANY if "*" in above else len(above) or None,
        _ANY if "*" in below else len(below) or None,
    )


def _around(selection: Selection, up: int | None, down: int | None) -> Selection:
    """With neighbours at a distance; None for none, 0 for all of them."""
    sides: list[Selection] = []
    if up is not None:
        sides.append(Upstream(selection, up or None))
    if down is not None:
        sides.append(Downstream(selection, down or None))
    return SetOperation("or", tuple(sides)) if len(sides) > 1 else (*sides, selection)[0]


_ANY = 0
_TOKEN = re.compile(
    r'\s*(?:(?P<quoted>"[^"\\\r\n]*")|(?P<mark>[()+:=,])|(?P<null><null>)|(?P<digits>[0-9]+)'
    r"|(?P<word>[A-Za-z_*][A-Za-z0-9_*/]*))"
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str

    def __str__(self) -> str:
        return self.text


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    stripped = text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if match is None or match.lastgroup is None:
            raise SelectionSyntaxError(f'"{text[position:]}" cannot be read in "{text}"')
        found.append(_token(match.lastgroup, match.group(match.lastgroup)))
        position = match.end()
    return found


def _token(kind: str, text: str) -> _Token:
    """Quoted text without its quotes; words are stars, patterns, keywords or names."""
    if kind == "quoted":
        return _Token(kind, text[1:-1])
    if kind == "word" and "*" in text:
        return _Token("star" if text == "*" else "pattern", text)
    return _Token("keyword" if kind == "word" and text in _KEYWORDS else kind, text)


class _Parser:
    """A recursive descent parser, with one method for each level of precedence."""

    def __init__(self, tokens: list[_Token], text: str, include_sources: bool) -> None:
        self.tokens = tokens
        self.text = text
        self.sources = include_sources
        self.position = 0

    def peek(self) -> _Token | None:
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self, text: str | None = None) -> _Token:
        token = self.peek()
        if token is None or (text is not None and token.text != text):
            wanted = f'"{text}"' if text is not None else "more"
            raise SelectionSyntaxError(f'{wanted} is expected in "{self.text}"')
        self.position += 1
        return token

    def is_word(self, word: str) -> bool:
        token = self.peek()
        return token is not None and token.kind == "keyword" and token.text.lower() == word

    def either(self) -> Selection:
        operands = [self.both()]
        while self.is_word("or"):
            self.take()
            operands.append(self.both())
        return operands[0] if len(operands) == 1 else SetOperation("or", tuple(operands))

    def both(self) -> Selection:
        operands = [self.negated()]
        while self.is_word("and"):
            self.take()
            operands.append(self.negated())
        return operands[0] if len(operands) == 1 else SetOperation("and", tuple(operands))

    def negated(self) -> Selection:
        if self.is_word("not"):
            self.take()
            return SetOperation("not", (AllAssets(self.sources), self.negated()))
        return self.traversal()

    def traversal(self) -> Selection:
        up = self._plus(before=True)
        selection = self.primary()
        return _around(selection, up, self._plus(before=False))

    def _plus(self, *, before: bool) -> int | None:
        """The depth of a `+` beside a selection, 0 for any, None without a `+`."""
        start = self.position
        depth = 0
        token = self.peek()
        if before and token is not None and token.kind == "digits":
            depth = _depth(self.take().text)
        token = self.peek()
        if token is None or token.text != "+" or token.kind != "mark":
            self.position = start
            return None
        self.take()
        token = self.peek()
        if not before and token is not None and token.kind == "digits":
            depth = _depth(self.take().text)
        return depth

    def primary(self) -> Selection:
        token = self.take()
        if token.kind == "star":
            return AllAssets(self.sources)
        if token.text == "(" and token.kind == "mark":
            inner = self.either()
            self.take(")")
            return inner
        following = self.peek()
        if following is not None and following.kind == "mark":
            if following.text == "(" and token.text in ("sinks", "roots"):
                self.take("(")
                inner = self.either()
                self.take(")")
                return Ends(token.text, inner)
            if following.text == ":":
                self.take(":")
                return self.attribute(token.text)
        raise SelectionSyntaxError(f'"{token}" is not expected in "{self.text}"')

    def attribute(self, name: str) -> Selection:
        if name == "key":
            token = self.take()
            if token.kind not in ("quoted", "word", "pattern"):
                raise SelectionSyntaxError(f'"key:{token}" names no key in "{self.text}"')
            return KeyMatched(token.text)
        if name in _ELSEWHERE:
            raise SelectionSyntaxError(f'"{name}:" selects nothing in code, as in "{self.text}"')
        if name not in _ATTRIBUTES:
            raise SelectionSyntaxError(f'"{name}:" is not an attribute of assets in "{self.text}"')
        value = self.value(name)
        if name == "tag":
            return self._tag(value)
        if name == "is":
            if value not in ("external", "materializable"):
                message = f'"is:" is external or materializable, not "{value}"'
                raise SelectionSyntaxError(message)
            return FieldSelected("is", value, include_sources=True)
        if name in ("group", "owner") and not value:
            return KeysSelected(())
        return FieldSelected(name, value, None, self.sources)

    def value(self, name: str) -> str | None:
        token = self.take()
        if token.kind not in ("quoted", "word", "null") and token.text not in _VALUES:
            message = f'"{token}" is not a value of "{name}:" in "{self.text}"'
            advice = f': write "{name}:\\"{token}\\""' if token.kind != "mark" else ""
            raise SelectionSyntaxError(message + advice)
        return None if token.kind == "null" else token.text

    def _tag(self, key: str | None) -> Selection:
        token = self.peek()
        if token is None or token.text != "=":
            return FieldSelected("tag", "", key, self.sources)
        self.take("=")
        return FieldSelected("tag", self.value("tag") or "", key, self.sources)


def _depth(digits: str) -> int:
    """A number of steps; no graph is deeper than what nine digits say."""
    return int(digits[:9])


def _key(text: str) -> Selection:
    return KeysSelected((AssetKey(tuple(text.split("/"))),))


_ATTRIBUTES = ("group", "owner", "kind", "tag", "is")
_ELSEWHERE = (
    *("code_location", "status", "column", "table_name", "column_tag", "changed_in_branch"),
    *("partitions", "automation_type", "sensor", "schedule", "job"),
)
"""Attributes that only Dagster's UI can select by."""
_VALUES = ("sensor", "schedule", "job")
"""The keywords that may be values, too."""
_KEYWORDS = frozenset(
    (
        *("and", "AND", "or", "OR", "not", "NOT", "sinks", "roots", "key"),
        *(*_ATTRIBUTES, *_ELSEWHERE),
    )
)
