"""Telling Python 2 from broken Python 3, so that the message can say so."""

from __future__ import annotations

import re

from assetgen.analyzer.syntax.problem import SyntaxProblem

_NAME = r"[A-Za-z_][\w.]*"
_SIGNS = (
    ("print statement", re.compile(r"^\s*print\s+(?:[\"'\w%]|>>)")),
    ("exec statement", re.compile(r"^\s*exec\s+[\"'\w]")),
    ("except X, e", re.compile(rf"^\s*except\s+(?:{_NAME}|\([^)]*\))\s*,\s*[a-z_]\w*\s*:")),
    ("raise X, message", re.compile(rf"^\s*raise\s+{_NAME}\s*,")),
    ("operator <>", re.compile(r"<>")),
    ("backquotes", re.compile(r"`[^`]+`")),
    (
        "long or old octal number",
        re.compile(r"(?<![\w.])(?:0[0-7]+|[0-9]+)[lL]\b|(?<![\w.])0[0-7]+\b"),
    ),
    ("ur string", re.compile(r"(?<!\w)[uU][rR][\"']")),
)


def say_if_python2(problem: SyntaxProblem, text: str) -> SyntaxProblem:
    """The problem, with a message that names Python 2 where its line is written in that."""
    lines = re.split(r"\r\n|\r|\n", text)
    if problem.line > len(lines):
        return problem
    line = lines[problem.line - 1]
    for sign, pattern in _SIGNS:
        if pattern.search(line):
            message = f"this is Python 2 ({sign}), and only Python 3 is read"
            return SyntaxProblem(problem.path, message, problem.line, problem.column)
    return problem
