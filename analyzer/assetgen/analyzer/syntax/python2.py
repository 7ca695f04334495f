"""Telling Python 2 from broken Python 3, for a better message."""

from __future__ import annotations

import re

from assetgen.analyzer.model.patterns import late
from assetgen.analyzer.syntax.problem import SyntaxProblem

_NAME = r"[A-Za-z_][\w.]*"
_OLD_EXCEPT = late(rf"^\s*except\s+(?:{_NAME}|\([^)]*\))\s*,\s*[a-z_]\w*\s*:")
_SIGNS = (
    ("print statement", late(r"^\s*print\s+(?:[\"'\w%]|>>)")),
    ("exec statement", late(r"^\s*exec\s+[\"'\w]")),
    ("except X, e", _OLD_EXCEPT),
    ("raise X, message", late(rf"^\s*raise\s+{_NAME}\s*,")),
    ("operator <>", late(r"<>")),
    ("backquotes", late(r"`[^`]+`")),
    (
        "long or old octal number",
        late(r"(?<![\w.])(?:0[0-7]+|[0-9]+)[lL]\b|(?<![\w.])0[0-7]+\b"),
    ),
    ("ur string", late(r"(?<!\w)[uU][rR][\"']")),
)


def say_if_python2(problem: SyntaxProblem, text: str) -> SyntaxProblem:
    """The problem, with a message about Python 2 if its line is written in that."""
    line = _line(problem, text)
    for sign, pattern in _SIGNS:
        if pattern.search(line):
            message = f"this is Python 2 ({sign}), and only Python 3 is read"
            return SyntaxProblem(problem.path, message, problem.line, problem.column)
    return problem


def is_old_except(problem: SyntaxProblem, text: str) -> bool:
    """Whether a problem is ``except X, e``, which Python 3.14 takes for two exception types."""
    return _OLD_EXCEPT.match(_line(problem, text)) is not None


def _line(problem: SyntaxProblem, text: str) -> str:
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[problem.line - 1] if problem.line <= len(lines) else ""
