"""YAML templates: `{{ ... }}` parsed by Jinja and evaluated over values.

Nothing is rendered by Jinja: each node of the template's tree means what it means to Jinja's native
types, where a template of one expression is that expression's value.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.expressions.literals import concatenate
from assetgen.analyzer.evaluate.objects.conversion import NotPlain, from_python, to_python
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    External,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.components.environment_scopes import EnvironmentScope
from assetgen.analyzer.intrinsics.components.rendered_parts import text_of_part, value_of_part
from assetgen.analyzer.intrinsics.components.template_filters import filtered
from assetgen.analyzer.intrinsics.python.jinja.jinja_values import Undefined, dictionary
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass


def render(call: Call, text: str, scope: ReadOnlyMapping[str, Value], site: Site) -> Value:
    """What Dagster makes of a string in YAML: if the result reads as a literal, that literal."""
    if not text:
        return Constant(text)
    if "{" not in text:
        return _native(text.removesuffix("\n"))
    import jinja2

    try:
        tree = jinja2.Environment().parse(text)
    except jinja2.TemplateSyntaxError as error:
        raise Raised("jinja2.exceptions.TemplateSyntaxError", str(error)) from None
    except RecursionError as error:
        return call.machine.unknown("error", f"no template: {error}", site)
    pieces = list(_pieces(Template(call, dict(scope), site), tree.body))
    if not pieces:
        return NONE
    if len(pieces) == 1 and len(tree.body) == 1:
        return _single(pieces[0])
    return _joined(call, pieces, site)


def _pieces(template: Template, body: list[Any]) -> Iterator[Value]:
    """What the statements of a template write, piece by piece."""
    machine, site = template.call.machine, template.site
    for node in body:
        kind = type(node).__name__
        if kind == "Output":
            yield from [template.value(part) for part in node.nodes]
        elif kind == "If":
            arms = [(node.test, node.body), *((arm.test, arm.body) for arm in node.elif_)]
            yield from _arm(template, arms, node.else_)
        elif kind == "For" and type(node.target).__name__ == "Name" and node.test is None:
            items = machine.items(template.value(node.iter), site)
            yield from items.losses
            for item in items.values:
                inner = replace(template, scope={**template.scope, node.target.name: item})
                yield from _pieces(inner, node.body)
            if not items.values:
                yield from _pieces(template, node.else_)
        elif kind == "Assign" and type(node.target).__name__ == "Name":
            template.scope[node.target.name] = template.value(node.node)
        else:
            yield text_of_part(replace(template.call, site=template.site), template.scope, node)


def _arm(
    template: Template, arms: list[tuple[Any, list[Any]]], otherwise: list[Any]
) -> Iterator[Value]:
    """What the first branch writes whose condition holds."""
    for test, body in arms:
        value = template.value(test)
        truth = template.truth(value)
        if truth is None:
            yield template.lost("a condition in a template", value)
            return
        if truth:
            yield from _pieces(template, body)
            return
    yield from _pieces(template, otherwise)


def _single(piece: Value) -> Value:
    piece = _defined(piece)
    if isinstance(piece, Constant) and isinstance(piece.value, str):
        return _native(piece.value)
    return piece


def _native(text: str) -> Value:
    try:
        return from_python(ast.literal_eval(ast.parse(text, mode="eval")))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return Constant(text)


def _joined(call: Call, pieces: list[Value], site: Site) -> Value:
    """The text of all pieces; several texts if a piece is one of several."""
    texts = concatenate(call.machine, [_as_text(call, piece) for piece in pieces], site)
    if isinstance(texts, Choice):
        options = [_single(option) for option in texts.options]
        return call.machine.join(options, texts.condition)
    return _single(texts)


def _as_text(call: Call, piece: Value) -> Value:
    if isinstance(piece, Choice):
        return call.machine.join([_as_text(call, each) for each in piece.options], piece.condition)
    if isinstance(piece, Undefined):
        return Constant("")
    return Constant(str(piece.value)) if isinstance(piece, Constant) else piece


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """The evaluation of one template; `value` dispatches by the class of Jinja's node."""

    call: Call
    scope: dict[str, Value]
    site: Site

    def value(self, node: Any) -> Value:
        """What an expression gives."""
        read = _NODES.get(type(node).__name__)
        return read(self, node) if read is not None else self.rendered(node)

    def truth(self, value: Value) -> bool | None:
        """Whether a value counts as true; None if that is not known."""
        if isinstance(value, Undefined):
            return False
        return self.call.machine.truth(value, self.site)

    def first_with(self, sides: tuple[Value, Callable[[], Value]], ends_it: bool) -> Value:
        """The left side if its truth is this, else the right; both if that is not known."""
        left, right = sides
        truth = self.truth(left)
        if truth is None:
            message = "a condition in a template"
            unknown = self.call.machine.unknown("condition", message, self.site, left)
            return self.call.machine.join([left, right()], unknown)
        return left if truth is ends_it else right()

    def rendered(self, node: Any, operand: Value | None = None) -> Value:
        """An expression evaluated as in any other template, given its operand."""
        call = replace(self.call, site=self.site)
        return value_of_part(call, {**_GLOBALS, **self.scope}, node, operand)

    def lost(self, message: str, *causes: Value) -> Unknown:
        """A value that is not known, and why."""
        return self.call.machine.unknown("unsupported", message, self.site, *causes)


def _name(template: Template, node: Any) -> Value:
    value = template.scope.get(node.name) or _GLOBALS.get(node.name)
    if value is not None:
        return value
    if FURTHER_NAMES not in template.scope:
        return Undefined(node.name)
    message = f"`{node.name}` is not defined in this template"
    return template.call.machine.unknown("unbound", message, template.site)


FURTHER_NAMES = "*"
"""Marks the names of a template that may have more than those that are known."""


_GLOBALS: ReadOnlyMapping[str, Value] = {
    "range": External("builtins.range"),
    "dict": External("builtins.dict"),
}
"""The names that every Jinja template has."""


def _attribute(template: Template, node: Any) -> Value:
    value = template.value(node.node)
    if isinstance(value, EnvironmentScope):
        call = template.call
        row = "dagster.EnvScope.__getattr__"
        return call.machine.call(KnownMethod(row, value), [Constant(node.attr)], {}, template.site)
    if isinstance(value, Mapping):
        return template.rendered(node, _defined(value))
    return template.call.machine.get_attribute(_defined(value), node.attr, template.site)


def _item(template: Template, node: Any) -> Value:
    value = _defined(template.value(node.node))
    if isinstance(value, Mapping):
        return template.rendered(node, value)
    return template.call.machine.subscript(value, template.value(node.arg), template.site)


def _defined(value: Value) -> Value:
    """The value, for an operation that an undefined name does not have."""
    if isinstance(value, Undefined):
        raise Raised("jinja2.exceptions.UndefinedError", f"'{value.name}' is undefined")
    return value


def _slice(template: Template, node: Any) -> Value:
    parts = (node.start, node.stop, node.step)
    given = [template.value(part) if part is not None else NONE for part in parts]
    return template.call.machine.call(External("builtins.slice"), given, {}, template.site)


def _called(template: Template, node: Any) -> Value:
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return template.lost("arguments that are spread into a call in a template")
    args = [template.value(argument) for argument in node.args]
    kwargs = {keyword.key: template.value(keyword.value) for keyword in node.kwargs}
    function = _defined(template.value(node.node))
    return template.call.machine.call(function, args, kwargs, template.site)


def _operation(kind: type[ast.operator]) -> Callable[[Template, Any], Value]:
    def combine(template: Template, node: Any) -> Value:
        left, right = _defined(template.value(node.left)), _defined(template.value(node.right))
        return template.call.machine.binary(kind, left, right, template.site)

    return combine


def _concatenation(template: Template, node: Any) -> Value:
    return _joined(template.call, [template.value(part) for part in node.nodes], template.site)


def _tested(template: Template, node: Any) -> Value:
    """`x is defined`, `x is none`: the name may lack, all else is read as everywhere."""
    is_name = type(node.node).__name__ == "Name" and node.node.name not in template.scope
    return template.rendered(node, None if is_name else template.value(node.node))


def _condition(template: Template, node: Any) -> Value:
    test = template.value(node.test)
    truth = template.truth(test)
    options = (node.expr1, node.expr2)
    if truth is None:
        message = "a condition in a template"
        unknown = template.call.machine.unknown("condition", message, template.site, test)
        both = [template.value(option) for option in options if option is not None]
        return template.call.machine.join(both, unknown)
    chosen = options[0] if truth else options[1]
    return template.value(chosen) if chosen is not None else Undefined("a value")


def _not(template: Template, node: Any) -> Value:
    value = template.value(node.node)
    truth = template.truth(value)
    return (
        template.lost("a condition in a template", value) if truth is None else Constant(not truth)
    )


def _negative(template: Template, node: Any) -> Value:
    value = template.value(node.node)
    return template.call.machine.binary(ast.Sub, Constant(0), value, template.site)


def _either(ends_it: bool) -> Callable[[Template, Any], Value]:
    """`and` and `or`: an operand with this truth ends it."""

    def combine(template: Template, node: Any) -> Value:
        sides = (template.value(node.left), lambda: template.value(node.right))
        return template.first_with(sides, ends_it)

    return combine


def _comparison(template: Template, node: Any) -> Value:
    if len(node.ops) != 1:
        return template.rendered(node)
    left = template.value(node.expr)
    compare = _COMPARISONS[node.ops[0].op]
    right = template.value(node.ops[0].expr)
    if node.ops[0].op in ("eq", "ne"):
        equal = template.call.machine.equal(left, right)
        if equal is None:
            return template.lost("a comparison in a template", left, right)
        return Constant(equal is (node.ops[0].op == "eq"))
    try:
        return from_python(compare(to_python(left), to_python(right)))
    except NotPlain as error:
        return template.lost("a comparison in a template", error.value)
    except TypeError as error:
        return template.call.machine.unknown("error", f"this raises {error}", template.site)


_COMPARISONS: ReadOnlyMapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "lteq": operator.le,
    "gt": operator.gt,
    "gteq": operator.ge,
    "in": lambda left, right: left in right,
    "notin": lambda left, right: left not in right,
}


_NODES: ReadOnlyMapping[str, Callable[[Template, Any], Value]] = {
    "TemplateData": lambda template, node: Constant(node.data),
    "Const": lambda template, node: from_python(node.value),
    "Name": _name,
    "Getattr": _attribute,
    "Getitem": _item,
    "Call": _called,
    "Filter": filtered,
    "Add": _operation(ast.Add),
    "Sub": _operation(ast.Sub),
    "Mul": _operation(ast.Mult),
    "Div": _operation(ast.Div),
    "Mod": _operation(ast.Mod),
    "Concat": _concatenation,
    "CondExpr": _condition,
    "Not": _not,
    "Neg": _negative,
    "And": _either(ends_it=False),
    "Or": _either(ends_it=True),
    "Slice": _slice,
    "Compare": _comparison,
    "Test": _tested,
    "List": lambda template, node: Sequence("list", [template.value(i) for i in node.items]),
    "Tuple": lambda template, node: Sequence("tuple", [template.value(i) for i in node.items]),
    "Dict": dictionary,
}
