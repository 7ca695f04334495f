"""A YAML file as Python expressions with the positions of the YAML, so that every value in it is
located where it is written."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, Final

from assetgen.analyzer.syntax.module import ParsedModule

MAX_NODES: Final = 100_000
"""How many nodes the documents of a file may have, with their aliases expanded."""


_TAGS: Final = {"mapping": "tag:yaml.org,2002:map", "sequence": "tag:yaml.org,2002:seq"}


class YamlProblem(Exception):
    """A text that is not YAML, or too much of it; the message says why, `line` is 1-based."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def parse_yaml(text: str, path: str) -> ParsedModule:
    """The documents of a stream, each an expression statement: mappings are `Dict`s, lists `List`s
    and scalars `Constant`s. Dates stay strings. Raises `YamlProblem`."""
    import yaml
    from yaml.reader import ReaderError

    try:
        loader = yaml.SafeLoader(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlProblem(f"it may not hold the character {error.character:#06x}", line) from None
    reader = _Reader(loader, text.splitlines())
    try:
        body: list[ast.stmt] = list(reader.documents())
    except RecursionError:
        raise YamlProblem("it is nested too deeply, or holds itself") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YamlProblem(error.problem or "it is not YAML", line) from None
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise YamlProblem(str(error).partition("\n")[0]) from None
    finally:
        loader.dispose()
    return ParsedModule(path, text, ast.Module(body, []))


def entry(node: ast.expr | None, key: str) -> ast.expr | None:
    """The value under `key` of a mapping; None if there is none."""
    return dict(entries(node)).get(key)


def entries(node: ast.expr | None) -> Iterator[tuple[str, ast.expr]]:
    """The entries of a mapping that have strings as keys; none for anything else."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value


def text_of(node: ast.expr | None) -> str | None:
    """The value of a scalar that is a string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def is_null(node: ast.expr | None) -> bool:
    """Whether nothing is given: no node, or `null`."""
    return node is None or (isinstance(node, ast.Constant) and node.value is None)


class _Reader:
    """Makes expressions from the nodes that PyYAML composes."""

    def __init__(self, loader: Any, lines: list[str]) -> None:
        self.loader = loader
        self.lines = lines
        self.count = 0
        self.open: set[int] = set()

    def documents(self) -> Iterator[ast.Expr]:
        while self.loader.check_node():
            value = self.expression(self.loader.get_node())
            yield ast.copy_location(ast.Expr(value), value)

    def expression(self, node: Any) -> ast.expr:
        self.count += 1
        if self.count > MAX_NODES:
            raise YamlProblem(f"it has more than {MAX_NODES} values", node.start_mark.line + 1)
        if id(node) in self.open:
            raise RecursionError
        self.open.add(id(node))
        made = self._made(node)
        self.open.discard(id(node))
        made.lineno, made.col_offset = self._position(node.start_mark)
        end = self._end(node)
        made.end_lineno, made.end_col_offset = self._position(end)
        return made

    def _made(self, node: Any) -> ast.expr:
        if node.id in _TAGS and node.tag != _TAGS[node.id]:
            raise YamlProblem(f"the tag {node.tag} is not known", node.start_mark.line + 1)
        if node.id == "mapping":
            self.loader.flatten_mapping(node)
            pairs = [(self.expression(key), self.expression(value)) for key, value in node.value]
            return ast.Dict([key for key, _ in pairs], [value for _, value in pairs])
        if node.id == "sequence":
            return ast.List([self.expression(item) for item in node.value], ast.Load())
        if node.tag == "tag:yaml.org,2002:timestamp":
            return ast.Constant(node.value)
        return ast.Constant(self.loader.construct_object(node, deep=True))

    def _end(self, node: Any) -> Any:
        """Where a node's text ends: a block ends with its last value, not where the next one
        begins."""
        while node.id != "scalar" and not node.flow_style and node.value:
            last = node.value[-1]
            node = last[1] if isinstance(last, tuple) else last
        return node.end_mark

    def _position(self, mark: Any) -> tuple[int, int]:
        line, column = mark.line, mark.column
        if column == 0 and line > 0 and mark.line >= len(self.lines):
            line, column = len(self.lines) - 1, len(self.lines[-1]) if self.lines else 0
        before = self.lines[line][:column] if line < len(self.lines) else ""
        return line + 1, len(before.encode())
