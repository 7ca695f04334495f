"""Templates in YAML: `{{ ... }}` read by Jinja's parser and evaluated over values.

Nothing is rendered: each node of the template's tree means what it means to Jinja's native types,
where a template of one expression is that expression's value.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from dataclasses import replace
from typing import Any

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.conversion import NotPlain, from_python, to_python
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Choice,
    Constant,
    External,
    KnownMethod,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.components.environment_scopes import EnvironmentScope
from assetgen.analyzer.model.dataclass import dataclass


def render(call: Call, text: str, scope: ReadOnlyMapping[str, Value], site: Site) -> Value:
    """What Dagster makes of a text in YAML: text that reads as a literal becomes that."""
    if not text:
        return Constant(text)
    if "{" not in text:
        return _native(text.removesuffix("\n"))
    import jinja2

    try:
        tree = jinja2.Environment().parse(text)
    except (jinja2.TemplateSyntaxError, RecursionError) as error:
        return call.machine.unknown("error", f"no template: {error}", site)
    pieces = list(_pieces(_Template(call, dict(scope), site), tree.body))
    if len(pieces) == 1 and len(tree.body) == 1:
        return _single(pieces[0])
    return _joined(call, pieces, site)


def _pieces(template: _Template, body: list[Any]) -> Iterator[Value]:
    """What the statements of a template write, one after the other."""
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
            yield template.lost(f"`{kind.lower()}` in a template")


def _arm(
    template: _Template, arms: list[tuple[Any, list[Any]]], otherwise: list[Any]
) -> Iterator[Value]:
    """What the first arm writes whose condition holds."""
    for test, body in arms:
        value = template.value(test)
        truth = template.call.machine.truth(value, template.site)
        if truth is None:
            yield template.lost("a condition in a template", value)
            return
        if truth:
            yield from _pieces(template, body)
            return
    yield from _pieces(template, otherwise)


def _single(piece: Value) -> Value:
    if isinstance(piece, Constant) and isinstance(piece.value, str):
        return _native(piece.value)
    return piece


def _native(text: str) -> Value:
    try:
        return from_python(ast.literal_eval(ast.parse(text, mode="eval")))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return Constant(text)


def _joined(call: Call, pieces: list[Value], site: Site) -> Value:
    """The text of all pieces; several texts where a piece is one of several."""
    texts = [""]
    condition: Unknown | None = None
    for piece in pieces:
        options = piece.options if isinstance(piece, Choice) else (piece,)
        condition = piece.condition if isinstance(piece, Choice) else condition
        known = [str(option.value) for option in options if isinstance(option, Constant)]
        if len(known) != len(options) or len(texts) * len(known) > call.machine.budget.options:
            return call.machine.unknown("unsupported", "text made of an unknown part", site, piece)
        texts = [text + more for text in texts for more in known]
    made = [_native(text) for text in texts]
    return made[0] if condition is None else call.machine.join(made, condition)


@dataclass(frozen=True, slots=True, eq=False)
class _Template:
    """The evaluation of one template; `value` dispatches by the class of Jinja's node."""

    call: Call
    scope: dict[str, Value]
    site: Site

    def value(self, node: Any) -> Value:
        read = _NODES.get(type(node).__name__)
        if read is None:
            return self.lost(f"`{type(node).__name__.lower()}` in a template")
        return read(self, node)

    def lost(self, message: str, *causes: Value) -> Unknown:
        return self.call.machine.unknown("unsupported", message, self.site, *causes)


def _name(template: _Template, node: Any) -> Value:
    value = template.scope.get(node.name) or _GLOBALS.get(node.name)
    if value is None:
        message = f"`{node.name}` is not defined in this template"
        return template.call.machine.unknown("unbound", message, template.site)
    return value


_GLOBALS: ReadOnlyMapping[str, Value] = {
    "range": External("builtins.range"),
    "dict": External("builtins.dict"),
}
"""What every template of Jinja knows."""


def _attribute(template: _Template, node: Any) -> Value:
    value = template.value(node.node)
    if isinstance(value, EnvironmentScope):
        call = template.call
        row = "dagster.EnvScope.__getattr__"
        return call.machine.call(KnownMethod(row, value), [Constant(node.attr)], {}, template.site)
    if isinstance(value, Mapping):
        return template.call.machine.subscript(value, Constant(node.attr), template.site)
    return template.call.machine.get_attribute(value, node.attr, template.site)


def _item(template: _Template, node: Any) -> Value:
    value, index = template.value(node.node), template.value(node.arg)
    return template.call.machine.subscript(value, index, template.site)


def _slice(template: _Template, node: Any) -> Value:
    parts = (node.start, node.stop, node.step)
    given = [template.value(part) if part is not None else NONE for part in parts]
    return template.call.machine.call(External("builtins.slice"), given, {}, template.site)


def _called(template: _Template, node: Any) -> Value:
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        return template.lost("arguments that are spread into a call in a template")
    args = [template.value(argument) for argument in node.args]
    kwargs = {keyword.key: template.value(keyword.value) for keyword in node.kwargs}
    function = template.value(node.node)
    try:
        return template.call.machine.call(function, args, kwargs, template.site)
    except Raised as raised:
        message = f"this raises {raised.exception.rpartition('.')[2]}: {raised.message}"
        return template.call.machine.unknown("error", message, template.site)


_FILTERS = {
    "lower": "builtins.str.lower",
    "upper": "builtins.str.upper",
    "title": "builtins.str.title",
    "trim": "builtins.str.strip",
    "replace": "builtins.str.replace",
}
_CASTS = {
    "int": "builtins.int",
    "string": "builtins.str",
    "float": "builtins.float",
    "length": "builtins.len",
    "count": "builtins.len",
    "list": "builtins.list",
}
_ENDS = {"first": 0, "last": -1}


def _filter(template: _Template, node: Any) -> Value:
    args = [template.value(argument) for argument in node.args]
    machine = template.call.machine
    is_default = node.name in ("default", "d") and len(args) == 1 and not node.kwargs
    if is_default and type(node.node).__name__ == "Name" and node.node.name not in template.scope:
        return args[0]
    value = template.value(node.node)
    if node.name in _FILTERS and not node.kwargs and not isinstance(value, Unknown):
        method = machine.get_attribute(value, _FILTERS[node.name].rpartition(".")[2], template.site)
        return machine.call(method, args, {}, template.site)
    if node.name in _CASTS and not args and not isinstance(value, Unknown):
        return machine.call(External(_CASTS[node.name]), [value], {}, template.site)
    if node.name in _ENDS and not args and isinstance(value, Sequence):
        return machine.subscript(value, Constant(_ENDS[node.name]), template.site)
    if node.name == "join" and _is_of_texts(value) and len(args) < 2 and not node.kwargs:
        join = machine.get_attribute(args[0] if args else Constant(""), "join", template.site)
        return machine.call(join, [value], {}, template.site)
    if is_default and not isinstance(value, Unknown):
        return value
    if node.name == "format" and not node.kwargs and not isinstance(value, Unknown):
        return machine.binary(ast.Mod, value, Sequence("tuple", args), template.site)
    kwargs = {keyword.key: template.value(keyword.value) for keyword in node.kwargs}
    if node.name in _OF_JINJA:
        return _by_jinja(template, node.name, value, args, kwargs)
    return template.lost(f"the filter `{node.name}` of a template", value)


def _is_of_texts(value: Value) -> bool:
    return isinstance(value, Sequence) and all(
        isinstance(item, Constant) and isinstance(item.value, str) for item in value.items
    )


_OF_JINJA = frozenset(
    (
        *("abs", "capitalize", "dictsort", "items", "join", "map", "max", "min", "reject"),
        "rejectattr",
        *("reverse", "round", "select", "selectattr", "sort", "sum", "unique", "wordcount"),
    )
)
"""Jinja's own filters that only look at plain data, and make no more of it than there is."""


def _by_jinja(
    template: _Template, name: str, value: Value, args: list[Value], kwargs: dict[str, Value]
) -> Value:
    from jinja2.exceptions import TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    try:
        given = [to_python(argument) for argument in args]
        named = {key: to_python(argument) for key, argument in kwargs.items()}
        environment = SandboxedEnvironment()
        context = environment.from_string("").new_context()
        made = environment.call_filter(name, to_python(value), given, named, context)
        return from_python(list(made) if isinstance(made, Iterator) else made)
    except NotPlain as error:
        return template.lost(f"the filter `{name}` of a template", error.value)
    except (TemplateError, TypeError, ValueError, AttributeError, LookupError) as error:
        return template.call.machine.unknown("error", f"this raises {error}", template.site)


def _operation(kind: type[ast.operator]) -> Callable[[_Template, Any], Value]:
    def combine(template: _Template, node: Any) -> Value:
        left, right = template.value(node.left), template.value(node.right)
        return template.call.machine.binary(kind, left, right, template.site)

    return combine


def _concatenation(template: _Template, node: Any) -> Value:
    return _joined(template.call, [template.value(part) for part in node.nodes], template.site)


def _condition(template: _Template, node: Any) -> Value:
    test = template.value(node.test)
    truth = template.call.machine.truth(test, template.site)
    options = (node.expr1, node.expr2)
    if truth is None:
        message = "a condition in a template"
        unknown = template.call.machine.unknown("condition", message, template.site, test)
        both = [template.value(option) if option is not None else NONE for option in options]
        return template.call.machine.join(both, unknown)
    chosen = options[0] if truth else options[1]
    return template.value(chosen) if chosen is not None else NONE


def _not(template: _Template, node: Any) -> Value:
    value = template.value(node.node)
    truth = template.call.machine.truth(value, template.site)
    return (
        template.lost("a condition in a template", value) if truth is None else Constant(not truth)
    )


def _negative(template: _Template, node: Any) -> Value:
    value = template.value(node.node)
    return template.call.machine.binary(ast.Sub, Constant(0), value, template.site)


def _either(ends_it: bool) -> Callable[[_Template, Any], Value]:
    """`and` and `or`, which a left side of this truth ends."""

    def combine(template: _Template, node: Any) -> Value:
        left = template.value(node.left)
        truth = template.call.machine.truth(left, template.site)
        if truth is None:
            return template.lost("a condition in a template", left)
        return left if truth is ends_it else template.value(node.right)

    return combine


def _comparison(template: _Template, node: Any) -> Value:
    left = template.value(node.expr)
    compare = _COMPARISONS.get(node.ops[0].op) if len(node.ops) == 1 else None
    if compare is None:
        return template.lost("a comparison in a template", left)
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


def _dictionary(template: _Template, node: Any) -> Value:
    made = Mapping()
    for pair in node.items:
        key = template.value(pair.key)
        made.entries[template.call.machine.hash_key(key)] = (key, template.value(pair.value))
    return made


_NODES: ReadOnlyMapping[str, Callable[[_Template, Any], Value]] = {
    "TemplateData": lambda template, node: Constant(node.data),
    "Const": lambda template, node: from_python(node.value),
    "Name": _name,
    "Getattr": _attribute,
    "Getitem": _item,
    "Call": _called,
    "Filter": _filter,
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
    "List": lambda template, node: Sequence("list", [template.value(i) for i in node.items]),
    "Tuple": lambda template, node: Sequence("tuple", [template.value(i) for i in node.items]),
    "Dict": _dictionary,
}
