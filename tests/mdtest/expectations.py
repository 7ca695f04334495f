"""Expectations in comments, matched with what was said.

    deps=["ordres"]  # error: [unknown-dependency] "did you mean"
    reveal(1 + 1)    # revealed: 2

A comment that stands alone on its line speaks of the next line of code. Several expectations of
one line follow one another, each with its own `#`. The word before the colon is the severity.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mdtest.document import Case

EXPECTED = re.compile(
    r"#\s*(?P<severity>error|warning|info):\s*"
    r"\[(?P<rule>[\w-]+)\](?:\s*\"(?P<message>(?:[^\"\\]|\\.)*)\")?"
)
REVEALED = re.compile(r"#\s*revealed:\s*(?P<value>.*?)\s*$")


@dataclass(frozen=True, slots=True, order=True)
class Expectation:
    """Something said of a line: for a revealed value, `message` is the whole of it."""

    path: str
    line: int
    severity: str
    rule: str
    message: str = ""

    def fulfilled_by(self, said: "Expectation") -> bool:
        if self.rule == "revealed":
            matches = self.message == said.message
        else:
            matches = self.message in said.message
        return matches and (self.path, self.line, self.severity, self.rule) == (
            said.path,
            said.line,
            said.severity,
            said.rule,
        )

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity}: [{self.rule}] {self.message}".rstrip()


def expectations(case: Case) -> list[Expectation]:
    return [
        expectation
        for file in case.files
        for expectation in expectations_of(file.path, file.text.splitlines())
    ]


def expectations_of(path: str, lines: list[str]) -> Iterator[Expectation]:
    for number, line in enumerate(lines, start=1):
        target = number
        if line.lstrip().startswith("#"):
            target = next_code_line(lines, number)
        if revealed := REVEALED.search(line):
            yield Expectation(path, target, "info", "revealed", revealed["value"])
            line = line[: revealed.start()]
        for match in EXPECTED.finditer(line):
            message = (match["message"] or "").replace('\\"', '"')
            yield Expectation(path, target, match["severity"], match["rule"], message)


def next_code_line(lines: list[str], number: int) -> int:
    for following in range(number, len(lines)):
        if lines[following].strip() and not lines[following].lstrip().startswith("#"):
            return following + 1
    return number


def mismatches(expected: Iterable[Expectation], said: Iterable[Expectation]) -> list[str]:
    """What was expected and not said, and what was said and not expected; one line each."""
    left = sorted(said)
    missing = []
    for expectation in sorted(expected, key=lambda each: -len(each.message)):
        match = next((each for each in left if expectation.fulfilled_by(each)), None)
        if match is None:
            missing.append(f"not said: {expectation}")
        else:
            left.remove(match)
    return [*missing, *(f"not expected: {each}" for each in left)]
