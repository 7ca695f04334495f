"""The source code of functions and classes, and syntax trees that programs parse from it."""

from __future__ import annotations

import ast
import inspect
from collections import deque
from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.functions.wrapping import wrapped_in
from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    Function,
    Iterator_,
    Module,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.plain import each_option, give, lost, raised

_OBJECT: Final = Parameters("object, /")
_PARSE: Final = Parameters("source, filename='<unknown>', mode='exec', **options")
_NODE: Final = Parameters("node, /")


def _get_source(call: Call) -> Value:
    """The lines of a definition with its decorators, as in the file."""
    value = _OBJECT.bind(call)["object"]
    while isinstance(value, BoundMethod):
        value = value.function
    value = wrapped_in(value)[-1]
    if isinstance(value, Function) and "__wrapped__" in value.attributes:
        return lost(call, value)  # each wraps another of them
    module = value if isinstance(value, Module) else getattr(value, "module", None)
    parsed = call.machine.text_of(module) if isinstance(module, Module) else None
    if parsed is None or not isinstance(value, (Module, Function, Class)):
        return lost(call, value)
    if isinstance(value, Module):
        return Constant(parsed.text)
    decorators = getattr(value.node, "decorator_list", [])
    start = min(node.lineno for node in (value.node, *decorators))
    lines = parsed.text.splitlines(keepends=True)
    text = "".join(lines[start - 1 : value.node.end_lineno])
    return Constant(text if text.endswith("\n") else f"{text}\n")


def _parse(call: Call) -> Value:
    bound = _PARSE.bind(call)
    source, mode = bound.plain("source"), bound.plain("mode")
    if not isinstance(source, str) or mode not in ("exec", "eval"):
        return lost(call, bound["source"], bound["mode"])
    try:
        tree = ast.parse(source, mode=str(mode))
    except (SyntaxError, ValueError) as error:
        raise raised(error) from error
    except RecursionError:
        return call.unknown("budget", "the tree of a text that is nested too deeply")
    return _record(tree)


def _record(node: ast.AST) -> Record:
    fields = {name: _field(value) for name, value in ast.iter_fields(node)}
    places = {name: getattr(node, name) for name in node._attributes if hasattr(node, name)}
    fields.update((name, Constant(place)) for name, place in places.items())
    return Record(f"ast.{type(node).__name__}", fields)


def _field(value: object) -> Value:
    if isinstance(value, ast.AST):
        return _record(value)
    if isinstance(value, list):
        return Sequence("list", [_field(item) for item in value])
    return Constant(value)


def _children(node: Record) -> Iterator[Record]:
    for value in node.fields.values():
        for item in value.items if isinstance(value, Sequence) else [value]:
            if isinstance(item, Record):
                yield item


def _walk(call: Call) -> Value:
    node = _NODE.bind(call)["node"]
    return Iterator_(_all_below(node)) if isinstance(node, Record) else lost(call, node)


def _all_below(node: Record) -> Iterator[Value]:
    waiting = deque([node])
    while waiting:
        first = waiting.popleft()
        waiting.extend(_children(first))
        yield first


def _child_nodes(call: Call) -> Value:
    node = _NODE.bind(call)["node"]
    return Iterator_(_children(node)) if isinstance(node, Record) else lost(call, node)


def _docstring(call: Call) -> Value:
    node = call.args[0] if call.args else None
    if not isinstance(node, Record):
        return lost(call, *call.args)
    body = node.fields.get("body")
    first = body.items[0] if isinstance(body, Sequence) and body.items else None
    if isinstance(first, Record) and first.qualname == "ast.Expr":
        value = first.fields["value"]
        text = value.fields.get("value") if isinstance(value, Record) else None
        if isinstance(text, Constant) and isinstance(text.value, str):
            return Constant(inspect.cleandoc(text.value))
    if not isinstance(body, Sequence):
        raise Raised("builtins.TypeError", f"'{node.qualname}' can't have docstrings")
    return Constant(None)


def _literal(call: Call) -> Value:
    text = _NODE.bind(call).plain("node")
    if not isinstance(text, str):
        return lost(call, *call.args)
    try:
        return give(call, ast.literal_eval(text))
    except (SyntaxError, ValueError, TypeError) as error:
        raise raised(error) from error
    except RecursionError:
        return call.unknown("budget", "a literal that is nested too deeply")


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "ast.get_docstring": _docstring,
    "ast.iter_child_nodes": _child_nodes,
    "ast.literal_eval": each_option(_literal),
    "ast.parse": each_option(_parse),
    "ast.walk": _walk,
    "inspect.getsource": _get_source,
}
