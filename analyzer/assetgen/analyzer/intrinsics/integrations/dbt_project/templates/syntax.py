"""The syntax of dbt's templates: Jinja with dbt's own blocks, parsed and never rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from assetgen.analyzer.model.dataclass import dataclass

EXTENSIONS: Final = ("jinja2.ext.do", "jinja2.ext.loopcontrols")


@dataclass(frozen=True, slots=True)
class BadTemplate:
    """A text that is no template, and why."""

    line: int
    message: str


def parse_template(text: str) -> nodes.Template | BadTemplate:
    """The syntax tree of a template."""
    try:
        return _environment().parse(text)
    except TemplateSyntaxError as error:
        return BadTemplate(error.lineno, error.message or "it is not a template")
    except RecursionError:
        return BadTemplate(1, "it is nested too deeply")


_BLOCK: Final = re.compile(
    r"\{%-?\s*(?P<kind>macro|test|snapshot|docs)\s+(?P<name>\w+).*?-?%\}(?P<body>.*?)"
    r"\{%-?\s*end(?P=kind)\s*-?%\}",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a file: its name, its text between the tags, and with them."""

    kind: str
    name: str
    body: str
    text: str


def blocks(text: str, kind: str) -> Iterator[Block]:
    """The blocks of a kind ("docs", "snapshot" ...) in a file, in order."""
    comments = [match.span() for match in _COMMENT.finditer(text)]
    for match in _BLOCK.finditer(text):
        hidden = any(start <= match.start() < end for start, end in comments)
        if match["kind"] == kind and not hidden:
            yield Block(kind, match["name"], match["body"], match[0])


_COMMENT: Final = re.compile(r"\{#.*?#\}", re.DOTALL)


class _DbtBlocks(Extension):
    """dbt's blocks: generic tests are macros, the others hold templates."""

    tags = {  # noqa: RUF012 (Jinja declares it so)
        "test",
        "data_test",
        "materialization",
        "snapshot",
        "docs",
    }

    def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
        token = next(parser.stream)
        kind = token.value
        name = parser.parse_assign_target(name_only=True)
        if kind in ("test", "data_test"):
            macro = nodes.Macro(lineno=token.lineno)
            macro.name = f"test_{name.name}"
            parser.parse_signature(macro)
            macro.body = list(parser.parse_statements(("name:endtest", "name:enddata_test"), True))
            return macro
        while parser.stream.current.type != "block_end":
            next(parser.stream)
        body = list(parser.parse_statements((f"name:end{kind}",), drop_needle=True))
        return body if kind == "snapshot" else []


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(extensions=[*EXTENSIONS, _DbtBlocks], autoescape=False)
