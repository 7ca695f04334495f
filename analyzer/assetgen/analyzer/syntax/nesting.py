"""How deeply a text nests, found from its tokens before a parser risks its stack on it."""

from __future__ import annotations

import re

from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.syntax.lines import LineIndex
from assetgen.analyzer.syntax.problem import SyntaxProblem


@dataclass(frozen=True, slots=True)
class NestingLimits:
    """The deepest nesting of brackets; the longest chain of operators, calls and the like, from one
    comma to the next; and the most ``elif`` clauses of a file."""

    brackets: int
    chain: int
    elifs: int


def find_nesting_problem(text: str, path: str, limits: NestingLimits) -> SyntaxProblem | None:
    """Where a text nests more deeply than the limits allow, if it does.

    Any text is allowed. Strings and comments do not count; replacement fields of f-strings do.
    """
    offset = _Scan(text, limits).excess()
    if offset is None:
        return None
    return SyntaxProblem(path, "nested too deeply to be parsed", *LineIndex(text).position(offset))


_CODE = late(
    r"""
      (?P<skip>[ \t\f]+|\#[^\r\n]*|\\(?:\r\n|\r|\n)|[.]?[0-9][\w.]*)
    | (?P<string>(?P<prefix>[A-Za-z]{0,2})(?P<quote>\"{3}|'{3}|\"|'))
    | (?P<word>\w+)
    | (?P<newline>[\r\n]+)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_PLAIN_END = {
    "'": late(r"(?:[^\\'\r\n]|\\.)*'?", re.DOTALL),
    '"': late(r'(?:[^\\"\r\n]|\\.)*"?', re.DOTALL),
    "'''": late(r"(?:[^\\']|\\.|'(?!''))*(?:''')?", re.DOTALL),
    '"""': late(r'(?:[^\\"]|\\.|"(?!""))*(?:""")?', re.DOTALL),
}
_FORMATTED = late(r"\{\{|[{}'\"\r\n]|\\[^{}]", re.DOTALL)
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_NESTING_WORDS = frozenset(
    (
        "and",
        "async",
        "await",
        "elif",
        "else",
        "for",
        "from",
        "if",
        "in",
        "is",
        "lambda",
        "not",
        "or",
        "yield",
    )
)


class _Scan:
    """One pass over a text. Its state is a stack of open brackets and f-strings."""

    def __init__(self, text: str, limits: NestingLimits) -> None:
        self._text = text
        self._limits = limits
        self._offset = 0
        self._elifs = 0
        # What closes each open level (a bracket, or the quote of an f-string), and the length
        # of its chain since the last comma.
        self._closing: list[str] = [""]
        self._chains: list[int] = [0]
        self._total = 0

    def excess(self) -> int | None:
        """The offset at which a limit is passed."""
        while self._offset < len(self._text):
            if self._closing[-1][:1] in ("'", '"'):
                self._formatted()
            else:
                self._code()
            if (
                len(self._closing) > self._limits.brackets
                or self._total > self._limits.chain
                or self._elifs > self._limits.elifs
            ):
                return self._offset - 1
        return None

    def _code(self) -> None:
        match = _CODE.match(self._text, self._offset)
        assert match is not None
        self._offset = match.end()
        kind = match.lastgroup
        if kind == "word":
            if match.group() in _NESTING_WORDS:
                self._grow()
                self._elifs += match.group() == "elif"
        elif kind == "newline":
            if len(self._closing) == 1:
                self._end_chain()
        elif kind == "string":
            self._grow()
            prefix, quote = match.group("prefix").lower(), match.group("quote")
            if "f" in prefix or "t" in prefix:
                self._open(quote)
            else:
                self._offset = _PLAIN_END[quote].match(self._text, self._offset).end()  # type: ignore[union-attr]
        elif kind == "mark":
            self._mark(match.group())

    def _mark(self, mark: str) -> None:
        if mark in _CLOSING:
            self._grow()
            self._open(_CLOSING[mark])
        elif mark == self._closing[-1]:
            self._close()
        elif mark in ",;":
            self._end_chain()
        elif mark == ":" and len(self._closing) > 1 and self._closing[-2][:1] in ("'", '"'):
            # A format specification: text again, until the brace of its field.
            self._closing[-1] = self._closing[-2] + "}"
        else:
            self._grow()

    def _formatted(self) -> None:
        """The next step through the text of an f-string or of a format specification."""
        closing = self._closing[-1]
        quote, specification = closing.rstrip("}"), closing.endswith("}")
        match = _FORMATTED.search(self._text, self._offset)
        if match is None:
            self._offset = len(self._text)
            return
        self._offset = match.end()
        found = match.group()
        if found == "{" or (found == "{{" and specification):
            self._offset = match.start() + 1
            self._grow()
            self._open("}")
        elif found == "}" and specification:
            self._close()
        elif found in "'\"" and self._text.startswith(quote, match.start()):
            if specification:
                self._close()
            self._offset = match.start() + len(quote)
            self._close()
        elif found in "\r\n" and len(quote) == 1:
            self._close()

    def _open(self, closing: str) -> None:
        self._closing.append(closing)
        self._chains.append(0)

    def _close(self) -> None:
        if len(self._closing) > 1:
            self._closing.pop()
            self._total -= self._chains.pop()

    def _grow(self) -> None:
        self._chains[-1] += 1
        self._total += 1

    def _end_chain(self) -> None:
        self._total -= self._chains[-1]
        self._chains[-1] = 0
