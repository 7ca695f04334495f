"""A bounded reading of dbt's templates: what they `ref`, `source` and `config`, and their values.

Nothing is rendered by Jinja: its syntax tree is walked, known names are plain data or one of the
few functions below, and all else is lost. It is read as dbt parses: `execute` and
`is_incremental()` are false. Under a condition that is not known all arms are read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from jinja2 import nodes

from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost, first_lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.operations import (
    BINARY,
    COMPARE,
    FILTERS,
    METHODS,
    TESTS,
)
from assetgen.analyzer.intrinsics.integrations.dbt_project.templates import (
    BadTemplate,
    parse_template,
)

_STEPS: Final = 100_000
_DEPTH: Final = 25


@dataclass(frozen=True, slots=True)
class Known:
    """A function that the reader knows: `call(rendering, args, kwargs)`."""

    call: Callable[[Rendering, list[Any], dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Package:
    """A namespace of macros whose bodies are not read."""

    name: str


@dataclass(slots=True)
class Rendering:
    """One reading of one template: what it has met so far.

    `names` are its globals and `macros` the project's macros by name. `refs` are the arguments of
    `ref`: package or None, name, version or None.
    """

    names: Mapping[str, Any]
    macros: Mapping[str, nodes.Macro]
    refs: list[tuple[str | None, str, Any]] = field(default_factory=list)
    sources: list[tuple[str, str]] = field(default_factory=list)
    config: dict[str, Any] = field(default_factory=dict)
    losses: list[str] = field(default_factory=list)
    steps: int = 0
    depth: int = 0

    def read(self, text: str) -> Any:
        """The text that the template gives, or what is lost of it."""
        tree = parse_template(text)
        if isinstance(tree, BadTemplate):
            self.losses.append(f"line {tree.line} is no template: {tree.message}")
            return Lost(tree.message)
        try:
            return self._body(tree.body, {})
        except _Exhausted:
            self.losses.append("the template is too long to be followed to its end")
            return Lost("the template is too long")
        except _Return as returned:
            return returned.value

    def value(self, text: str) -> Any:
        """What dbt makes of a text in YAML: the object itself if it is one expression."""
        if "{{" not in text and "{%" not in text:
            return text
        tree = parse_template(text)
        if isinstance(tree, BadTemplate):
            return Lost(tree.message)
        parts = tree.body
        if len(parts) == 1 and isinstance(parts[0], nodes.Output) and len(parts[0].nodes) == 1:
            try:
                return self._value(parts[0].nodes[0], {})
            except (_Exhausted, _Return):
                return Lost("the template is not followed")
        return self.read(text)

    # -- statements

    def _body(self, body: Sequence[nodes.Node], scope: dict[str, Any]) -> Any:
        """The text of some statements."""
        parts: list[str] = []
        lost: Lost | None = None
        for node in body:
            self._step()
            handler = _STATEMENTS.get(type(node))
            text = handler(self, node, scope) if handler is not None else self._inside(node, scope)
            if isinstance(text, Lost):
                lost = lost or text
            elif text is not None:
                parts.append(text)
        return lost or "".join(parts)

    def _inside(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        """A statement that is not followed: whatever it holds is read for what it refers to."""
        body = getattr(node, "body", None)
        return self._body(body, dict(scope)) if isinstance(body, list) else None

    def _output(self, node: nodes.Output, scope: dict[str, Any]) -> Any:
        parts: list[str] = []
        lost: Lost | None = None
        for child in node.nodes:
            value = self._value(child, scope)
            if isinstance(value, Lost):
                lost = lost or value
            else:
                parts.append("" if value is _UNDEFINED else str(value))
        return lost or "".join(parts)

    def _if(self, node: nodes.If, scope: dict[str, Any]) -> Any:
        arms = [(node.test, node.body), *((arm.test, arm.body) for arm in node.elif_)]
        unknown: Lost | None = None
        for test, body in arms:
            truth = self.truth(self._value(test, scope))
            if truth is None:
                unknown = unknown or Lost("it stands under a condition that is not known")
                self._body(body, scope)
            elif truth:
                text = self._body(body, scope)
                return unknown or text
        text = self._body(node.else_, scope)
        return unknown or text

    def _for(self, node: nodes.For, scope: dict[str, Any]) -> Any:
        values = self._value(node.iter, scope)
        inner = dict(scope)
        if isinstance(values, dict):
            values = list(values)
        if not isinstance(values, (list, tuple)):
            lost = values if isinstance(values, Lost) else Lost("what a loop goes over")
            if values is None or values is _UNDEFINED:
                return self._body(node.else_, inner)
            self._bind(node.target, lost, inner)
            self._body(node.body, inner)
            return lost
        parts: list[str] = []
        problem: Lost | None = None
        for index, value in enumerate(values):
            self._bind(node.target, value, inner)
            inner["loop"] = {
                "index": index + 1,
                "index0": index,
                "first": index == 0,
                "last": index == len(values) - 1,
                "length": len(values),
            }
            if node.test is not None and self.truth(self._value(node.test, inner)) is False:
                continue
            text = self._body(node.body, inner)
            if isinstance(text, Lost):
                problem = text
            else:
                parts.append(text)
        if not values:
            return self._body(node.else_, inner)
        return problem or "".join(parts)

    def _set(self, node: nodes.Assign, scope: dict[str, Any]) -> None:
        self._bind(node.target, self._value(node.node, scope), scope)

    def _set_block(self, node: nodes.AssignBlock, scope: dict[str, Any]) -> None:
        self._bind(node.target, self._body(node.body, scope), scope)

    def _do(self, node: nodes.ExprStmt, scope: dict[str, Any]) -> None:
        self._value(node.node, scope)

    def _macro(self, node: nodes.Macro, scope: dict[str, Any]) -> None:
        scope[node.name] = node

    def _call_block(self, node: nodes.CallBlock, scope: dict[str, Any]) -> Any:
        self._body(node.body, dict(scope))
        return self._value(node.call, scope)

    def _bind(self, target: nodes.Node, value: Any, scope: dict[str, Any]) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = value
        elif isinstance(target, nodes.Tuple):
            fits = isinstance(value, (list, tuple)) and len(value) == len(target.items)
            for index, item in enumerate(target.items):
                lost = value if isinstance(value, Lost) else Lost("what a loop goes over")
                self._bind(item, value[index] if fits else lost, scope)

    # -- expressions

    def _value(self, node: nodes.Node, scope: dict[str, Any]) -> Any:
        self._step()
        handler = _EXPRESSIONS.get(type(node))
        if handler is not None:
            return handler(self, node, scope)
        operation = BINARY.get(type(node))
        if operation is not None and isinstance(node, nodes.BinExpr):
            left, right = self._value(node.left, scope), self._value(node.right, scope)
            lost = first_lost(left, right)
            return lost or _attempt(lambda: operation(left, right))
        for child in node.iter_child_nodes():
            self._value(child, scope)
        return Lost(f"a template's {type(node).__name__} is not followed")

    def _data(self, node: nodes.TemplateData, scope: dict[str, Any]) -> Any:
        return node.data

    def _const(self, node: nodes.Const, scope: dict[str, Any]) -> Any:
        return node.value

    def _name(self, node: nodes.Name, scope: dict[str, Any]) -> Any:
        if node.name in scope:
            return scope[node.name]
        if node.name in self.names:
            return self.names[node.name]
        return self.macros.get(node.name, Package(node.name))

    def _list(self, node: nodes.List, scope: dict[str, Any]) -> Any:
        return [self._value(item, scope) for item in node.items]

    def _tuple(self, node: nodes.Tuple, scope: dict[str, Any]) -> Any:
        return tuple(self._value(item, scope) for item in node.items)

    def _dict(self, node: nodes.Dict, scope: dict[str, Any]) -> Any:
        entries: dict[Any, Any] = {}
        for pair in node.items:
            key, value = self._value(pair.key, scope), self._value(pair.value, scope)
            if isinstance(key, (str, int, float, bool)):
                entries[key] = value
        return entries

    def _not(self, node: nodes.Not, scope: dict[str, Any]) -> Any:
        truth = self.truth(self._value(node.node, scope))
        return Lost("a condition") if truth is None else not truth

    def _and(self, node: nodes.And, scope: dict[str, Any]) -> Any:
        left = self._value(node.left, scope)
        truth = self.truth(left)
        if truth is False:
            return left
        right = self._value(node.right, scope)
        if truth is None:
            return right if self.truth(right) is False else Lost("a condition")
        return right

    def _or(self, node: nodes.Or, scope: dict[str, Any]) -> Any:
        left = self._value(node.left, scope)
        truth = self.truth(left)
        if truth:
            return left
        right = self._value(node.right, scope)
        return Lost("a condition") if truth is None else right

    def _compare(self, node: nodes.Compare, scope: dict[str, Any]) -> Any:
        left = self._value(node.expr, scope)
        for operand in node.ops:
            right = self._value(operand.expr, scope)
            lost = first_lost(left, right)
            if lost is not None:
                return lost
            operation = COMPARE[operand.op]
            answer = _attempt(partial(operation, left, right))
            if not answer or isinstance(answer, Lost):
                return answer
            left = right
        return True

    def _either(self, node: nodes.CondExpr, scope: dict[str, Any]) -> Any:
        truth = self.truth(self._value(node.test, scope))
        first = self._value(node.expr1, scope) if truth is not False else None
        second = self._value(node.expr2, scope) if node.expr2 and not truth else None
        if truth is None:
            return Lost("a value under a condition that is not known")
        return first if truth else second

    def _concat(self, node: nodes.Concat, scope: dict[str, Any]) -> Any:
        values = [self._value(item, scope) for item in node.nodes]
        return first_lost(*values) or "".join(str(value) for value in values)

    def _attribute(self, node: nodes.Getattr, scope: dict[str, Any]) -> Any:
        return _member(self._value(node.node, scope), node.attr)

    def _item(self, node: nodes.Getitem, scope: dict[str, Any]) -> Any:
        value, index = self._value(node.node, scope), self._value(node.arg, scope)
        lost = first_lost(value, index)
        if lost is not None:
            return lost
        return _member(value, index) if isinstance(index, str) else _attempt(lambda: value[index])

    def _filter(self, node: nodes.Filter, scope: dict[str, Any]) -> Any:
        value = self._value(node.node, scope) if node.node is not None else Lost("a block")
        args = [self._value(argument, scope) for argument in node.args]
        known = FILTERS.get(node.name)
        if node.name == "default" and value is _UNDEFINED:
            return args[0] if args else ""
        if isinstance(value, Lost) or known is None or first_lost(*args):
            return value if isinstance(value, Lost) else Lost(f"the filter {node.name}")
        return _attempt(lambda: known(value, *args))

    def _test(self, node: nodes.Test, scope: dict[str, Any]) -> Any:
        value = self._value(node.node, scope)
        if node.name in ("defined", "undefined"):
            is_missing = value is _UNDEFINED or isinstance(value, Package)
            return (
                Lost("a name")
                if isinstance(value, Lost)
                else is_missing is (node.name == "undefined")
            )
        known = TESTS.get(node.name)
        if isinstance(value, Lost) or known is None:
            return value if isinstance(value, Lost) else Lost(f"the test {node.name}")
        return known(None if value is _UNDEFINED else value)

    def _call(self, node: nodes.Call, scope: dict[str, Any]) -> Any:
        function = self._value(node.node, scope)
        args = [self._value(argument, scope) for argument in node.args]
        kwargs = {pair.key: self._value(pair.value, scope) for pair in node.kwargs}
        if node.dyn_args is not None:
            spread = self._value(node.dyn_args, scope)
            args += list(spread) if isinstance(spread, (list, tuple)) else [Lost("arguments")]
        if node.dyn_kwargs is not None:
            more = self._value(node.dyn_kwargs, scope)
            kwargs.update(more if isinstance(more, dict) else {})
        if isinstance(function, Known):
            try:
                return function.call(self, args, kwargs)
            except (IndexError, KeyError, TypeError):
                return Lost(f"line {node.lineno} calls a function in an unusual way")
        if isinstance(function, nodes.Macro):
            return self._call_macro(function, args, kwargs)
        if isinstance(function, _Method):
            lost = first_lost(args)
            return lost or _attempt(lambda: function.call(function.receiver, *args, **kwargs))
        if isinstance(function, Lost):
            return function
        return Lost(f"what a macro gives ({_shown(node.node)})")

    def _call_macro(self, macro: nodes.Macro, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if self.depth >= _DEPTH:
            return Lost(f"the macro {macro.name} calls itself too deeply")
        scope: dict[str, Any] = {"varargs": args[len(macro.args) :], "kwargs": {}}
        first_default = len(macro.args) - len(macro.defaults)
        for index, parameter in enumerate(macro.args):
            if index < len(args):
                scope[parameter.name] = args[index]
            elif parameter.name in kwargs:
                scope[parameter.name] = kwargs[parameter.name]
            elif index >= first_default:
                default = macro.defaults[index - first_default]
                scope[parameter.name] = self._value(default, scope)
            else:
                scope[parameter.name] = _UNDEFINED
        self.depth += 1
        try:
            return self._body(macro.body, scope)
        except _Return as returned:
            return returned.value
        finally:
            self.depth -= 1

    def truth(self, value: Any) -> bool | None:
        """Whether a value is true; None if it is lost."""
        if isinstance(value, (Lost, Package)):
            return None
        return value is not _UNDEFINED and bool(value)

    def _step(self) -> None:
        self.steps += 1
        if self.steps > _STEPS:
            raise _Exhausted


class _Exhausted(Exception):
    pass


class _Return(Exception):
    """`return(value)` in a macro."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


@dataclass(frozen=True, slots=True)
class _Method:
    call: Callable[..., Any]
    receiver: Any


class _Undefined:
    def __repr__(self) -> str:
        return ""


_UNDEFINED: Final = _Undefined()


def give_back(rendering: Rendering, args: list[Any], kwargs: dict[str, Any]) -> Any:
    """`return(value)`: the macro ends here."""
    raise _Return(args[0] if args else None)


def _member(value: Any, name: str) -> Any:
    if isinstance(value, Lost):
        return value
    if isinstance(value, Package):
        return Lost(f"what `{value.name}.{name}` is")
    if isinstance(value, dict) and name in value:
        return value[name]
    method = METHODS.get((type(value), name))
    return _Method(method, value) if method is not None else _UNDEFINED


def _attempt(operation: Callable[[], Any]) -> Any:
    try:
        return operation()
    except (TypeError, ValueError, KeyError, IndexError, AttributeError, ZeroDivisionError):
        return Lost("an operation that fails")


def _shown(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    return f"{_shown(node.node)}.{node.attr}" if isinstance(node, nodes.Getattr) else "..."


_STATEMENTS: dict[type[nodes.Node], Callable[[Rendering, Any, dict[str, Any]], Any]] = {
    nodes.Output: Rendering._output,
    nodes.If: Rendering._if,
    nodes.For: Rendering._for,
    nodes.Assign: Rendering._set,
    nodes.AssignBlock: Rendering._set_block,
    nodes.ExprStmt: Rendering._do,
    nodes.Macro: Rendering._macro,
    nodes.CallBlock: Rendering._call_block,
}
_EXPRESSIONS: dict[type[nodes.Node], Callable[[Rendering, Any, dict[str, Any]], Any]] = {
    nodes.TemplateData: Rendering._data,
    nodes.Const: Rendering._const,
    nodes.Name: Rendering._name,
    nodes.List: Rendering._list,
    nodes.Tuple: Rendering._tuple,
    nodes.Dict: Rendering._dict,
    nodes.Not: Rendering._not,
    nodes.And: Rendering._and,
    nodes.Or: Rendering._or,
    nodes.Compare: Rendering._compare,
    nodes.CondExpr: Rendering._either,
    nodes.Concat: Rendering._concat,
    nodes.Getattr: Rendering._attribute,
    nodes.Getitem: Rendering._item,
    nodes.Filter: Rendering._filter,
    nodes.Test: Rendering._test,
    nodes.Call: Rendering._call,
}
