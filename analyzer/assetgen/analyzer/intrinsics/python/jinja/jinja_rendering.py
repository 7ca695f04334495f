"""Jinja templates with abstract values: the syntax tree is walked, Jinja itself renders nothing.

Text, expressions, conditions, loops and assignments are followed; a template with anything else, or
whose text depends on something unknown, has an unknown result.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.expressions import relations
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.jinja import jinja_macros
from assetgen.analyzer.intrinsics.python.jinja.jinja_filters import filtered, tested
from assetgen.analyzer.intrinsics.python.jinja.jinja_values import Lost, Undefined, dictionary
from assetgen.analyzer.model.dataclass import dataclass, field

if TYPE_CHECKING:
    from jinja2 import nodes


@dataclass(slots=True, eq=False)
class Rendering:
    """The rendering of one template, with the `names` it is given and the `filters` of the project.

    `shared` are the names that all templates have, `load` returns the nodes of another template by
    its name; `blocks` are those of this template and of its parents.
    """

    call: Call
    names: dict[str, Value]
    filters: ReadOnlyMapping[str, Value]
    is_strict: bool = False
    escapes: bool = False
    pieces: list[str] = field(default_factory=list)
    size: int = 0
    shared: ReadOnlyMapping[str, Value] = field(default_factory=dict)
    load: Callable[[str], list[nodes.Node]] | None = None
    blocks: dict[str, list[list[nodes.Node]]] = field(default_factory=dict)

    def inner(self, names: dict[str, Value]) -> Rendering:
        """The rendering of an inner part whose text is kept separate."""
        made = Rendering(self.call, names, self.filters, self.is_strict, self.escapes)
        made.shared, made.load, made.blocks = self.shared, self.load, self.blocks
        return made

    def other(self, node: Any) -> list[nodes.Node]:
        """The nodes of a template that this one refers to."""
        name = self.value(node)
        if self.load is None or not isinstance(name, Constant) or not isinstance(name.value, str):
            raise Lost("what a template takes from another", name)
        return self.load(name.value)

    def run_template(self, body: list[nodes.Node]) -> None:
        """Runs a whole template; if it extends another, only that one is written."""
        self.blocks = {}
        extended = None
        for _ in range(_MOST_EXTENDED):
            for name, held in jinja_macros.blocks_in(body):
                self.blocks.setdefault(name, []).append(held)
            extended = next((each for each in body if type(each).__name__ == "Extends"), None)
            if extended is None:
                self.run(body)
                return
            self.run([each for each in body if type(each).__name__ in jinja_macros.UNWRITTEN])
            body = self.other(extended.template)  # type: ignore[attr-defined]
        raise Lost("a template that extends too many")

    def text(self, body: list[nodes.Node]) -> Value:
        """The text of the nodes; an `Unknown` if it is not known."""
        try:
            self.run_template(body)
        except Lost as lost:
            return self.call.unknown("unsupported", lost.message, lost.value)
        return Constant("".join(self.pieces))

    def run(self, body: list[nodes.Node]) -> None:
        for node in body:
            self.call.machine.step()
            kind = type(node).__name__
            statement = _STATEMENTS.get(kind)
            if statement is None:
                raise Lost(f"what `{kind.lower()}` gives in a template")
            statement(self, node)

    def write(self, value: Value) -> None:
        """Add a value to the text. Raises `Lost` if what it looks like is not known."""
        if isinstance(value, Undefined):
            return
        shown = self.call.invoke(_STR, value)
        if not isinstance(shown, Constant):
            raise Lost("what is written in a template", shown)
        text = str(shown.value)
        if self.escapes and not set("&<>'\"").isdisjoint(text):
            raise Lost("how a text is escaped in a template", value)
        self.pieces.append(text)
        self.size += len(text)
        if self.size > self.call.machine.budget.text:
            raise Lost("a text that is too long to be made")

    def value(self, node: Any) -> Value:
        self.call.machine.step()
        kind = type(node).__name__
        read = _EXPRESSIONS.get(kind)
        if read is None:
            raise Lost(f"what `{kind.lower()}` gives in a template")
        return read(self, node)

    def truth(self, value: Value) -> bool:
        """Whether a value counts as true. Raises `Lost` if that is not known."""
        if isinstance(value, Undefined):
            return False
        answer = self.call.machine.truth(value, self.call.site)
        if answer is None:
            raise Lost("a condition in a template", value)
        return answer

    def undefined(self, name: str) -> Value:
        if self.is_strict:
            raise Raised("jinja2.exceptions.UndefinedError", f"{name!r} is undefined")
        return Undefined()

    def at(self, owner: Value, key: Value) -> Value:
        try:
            found = self.call.subscript(owner, key)
        except Raised:
            return self.undefined(str(getattr(key, "value", "")))
        if isinstance(found, Unknown) and found.reason == "error":
            return self.undefined(str(getattr(key, "value", "")))
        return found

    def called(self, name: str, *args: Value) -> Value:
        return self.call.invoke(External(name), *args)


_STR: Final = External("builtins.str")
_MOST_EXTENDED: Final = 20


def _output(rendering: Rendering, node: Any) -> None:
    for each in node.nodes:
        if type(each).__name__ == "TemplateData":
            rendering.pieces.append(each.data)
        else:
            rendering.write(rendering.value(each))


def _if(rendering: Rendering, node: Any) -> None:
    for test, body in ((node.test, node.body), *((each.test, each.body) for each in node.elif_)):
        if rendering.truth(rendering.value(test)):
            rendering.run(body)
            return
    rendering.run(node.else_)


def _for(rendering: Rendering, node: Any) -> None:
    source = rendering.value(node.iter)
    items = rendering.call.items(Sequence("list", []) if isinstance(source, Undefined) else source)
    if items.losses or node.recursive:
        raise Lost("what a template loops over", *items.losses[:1])
    outer, values = rendering.names, []
    rendering.names = dict(outer)
    for item in items.values:
        if node.test is not None:
            _bind(rendering, node.target, item)
            if not rendering.truth(rendering.value(node.test)):
                continue
        values.append(item)
    for place, item in enumerate(values):
        rendering.names = {**outer, "loop": _loop(place, values)}
        _bind(rendering, node.target, item)
        rendering.run(node.body)
    rendering.names = outer
    if not values:
        rendering.run(node.else_)


def _loop(place: int, values: list[Value]) -> Mapping:
    count = len(values)
    facts: dict[str, object] = {
        "index": place + 1,
        "index0": place,
        "length": count,
        "first": place == 0,
        "last": place == count - 1,
        "revindex": count - place,
        "revindex0": count - place - 1,
    }
    made = {name: Constant(fact) for name, fact in facts.items()}
    return Mapping("dict", {("constant", name): (Constant(name), v) for name, v in made.items()})


def _bind(rendering: Rendering, target: Any, value: Value) -> None:
    if type(target).__name__ == "Name":
        rendering.names[target.name] = value
        return
    if type(target).__name__ == "NSRef":
        owner = rendering.names.get(target.name, NONE)
        rendering.call.set_attribute(owner, target.attr, value)
        return
    if type(target).__name__ != "Tuple":
        raise Lost("what a template assigns to")
    items = rendering.call.items(value)
    if items.losses or len(items.values) != len(target.items):
        raise Lost("what a template takes apart", value)
    for each, item in zip(target.items, items.values, strict=True):
        _bind(rendering, each, item)


def _assign(rendering: Rendering, node: Any) -> None:
    _bind(rendering, node.target, rendering.value(node.node))


def _assign_block(rendering: Rendering, node: Any) -> None:
    inner = rendering.inner(dict(rendering.names))
    inner.run(node.body)
    if node.filter is not None:
        raise Lost("the filter of a block in a template")
    _bind(rendering, node.target, Constant("".join(inner.pieces)))


def _with(rendering: Rendering, node: Any) -> None:
    outer, rendering.names = rendering.names, dict(rendering.names)
    for target, value in zip(node.targets, node.values, strict=True):
        _bind(rendering, target, rendering.value(value))
    rendering.run(node.body)
    rendering.names = outer


_STATEMENTS: Final[ReadOnlyMapping[str, Callable[[Rendering, Any], None]]] = {
    "Assign": _assign,
    "AssignBlock": _assign_block,
    "Block": jinja_macros.block,
    "CallBlock": jinja_macros.call_with_block,
    "For": _for,
    "FromImport": jinja_macros.import_from,
    "Import": jinja_macros.import_as,
    "Include": jinja_macros.include,
    "Macro": jinja_macros.define,
    "_Upper": jinja_macros.upper,
    "If": _if,
    "Output": _output,
    "Scope": lambda rendering, node: rendering.run(node.body),
    "With": _with,
}


def _name(rendering: Rendering, node: Any) -> Value:
    found = rendering.names.get(node.name)
    if found is not None:
        return found
    if node.name in ("range", "dict"):
        return External(f"builtins.{node.name}")
    if node.name == "namespace":
        return External("types.SimpleNamespace")
    return rendering.undefined(node.name)


def _attribute(rendering: Rendering, node: Any) -> Value:
    """`a.b`: an attribute, else an item."""
    owner, name = rendering.value(node.node), node.attr
    if isinstance(owner, Undefined):
        raise Raised("jinja2.exceptions.UndefinedError", f"{name!r} of what is undefined")
    found = rendering.call.find_attribute(owner, name)
    if found is not None and not (isinstance(owner, Mapping) and isinstance(found, Unknown)):
        return found
    return rendering.at(owner, Constant(name))


def _item(rendering: Rendering, node: Any) -> Value:
    owner = rendering.value(node.node)
    if type(node.arg).__name__ == "Slice":
        parts = (node.arg.start, node.arg.stop, node.arg.step)
        bounds = [rendering.value(part) if part is not None else NONE for part in parts]
        index = rendering.called("builtins.slice", *bounds)
        return rendering.call.subscript(owner, index)
    key = rendering.value(node.arg)
    found = rendering.at(owner, key)
    if isinstance(found, Undefined) and isinstance(key, Constant) and isinstance(key.value, str):
        attribute = rendering.call.find_attribute(owner, key.value)
        is_known = attribute is not None and not isinstance(attribute, Unknown)
        return attribute if is_known and attribute is not None else found
    return found


def _call(rendering: Rendering, node: Any) -> Value:
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        raise Lost("arguments that are spread into a call in a template")
    args = [rendering.value(each) for each in node.args]
    kwargs = {each.key: rendering.value(each.value) for each in node.kwargs}
    function = rendering.value(node.node)
    return rendering.call.invoke(function, *args, **kwargs)


def _operation(kind: type[ast.operator]) -> Callable[[Rendering, Any], Value]:
    def compute(rendering: Rendering, node: Any) -> Value:
        left, right = rendering.value(node.left), rendering.value(node.right)
        return rendering.call.binary(kind, left, right)

    return compute


def _comparison(rendering: Rendering, node: Any) -> Value:
    left, answer = rendering.value(node.expr), Constant(True)
    for each in node.ops:
        right = rendering.value(each.expr)
        found = relations.compare(
            rendering.call.machine, _COMPARISONS[each.op], left, right, rendering.call.site
        )
        if not rendering.truth(found):
            return Constant(False)
        left = right
    return answer


_COMPARISONS: Final[ReadOnlyMapping[str, type[ast.cmpop]]] = {
    "eq": ast.Eq,
    "ne": ast.NotEq,
    "lt": ast.Lt,
    "lteq": ast.LtE,
    "gt": ast.Gt,
    "gteq": ast.GtE,
    "in": ast.In,
    "notin": ast.NotIn,
}


def _concatenation(rendering: Rendering, node: Any) -> Value:
    texts = [rendering.called("builtins.str", rendering.value(each)) for each in node.nodes]
    known = [text.value for text in texts if isinstance(text, Constant)]
    if len(known) != len(texts):
        raise Lost("what is written in a template", *texts[:1])
    return Constant("".join(map(str, known)))


def _condition(rendering: Rendering, node: Any) -> Value:
    if rendering.truth(rendering.value(node.test)):
        return rendering.value(node.expr1)
    return Undefined() if node.expr2 is None else rendering.value(node.expr2)


def _either(ends_it: bool) -> Callable[[Rendering, Any], Value]:
    def compute(rendering: Rendering, node: Any) -> Value:
        left = rendering.value(node.left)
        return left if rendering.truth(left) is ends_it else rendering.value(node.right)

    return compute


_EXPRESSIONS: Final[ReadOnlyMapping[str, Callable[[Rendering, Any], Value]]] = {
    "Add": _operation(ast.Add),
    "And": _either(ends_it=False),
    "Call": _call,
    "Compare": _comparison,
    "Concat": _concatenation,
    "CondExpr": _condition,
    "Const": lambda rendering, node: Constant(node.value),
    "Dict": dictionary,
    "Div": _operation(ast.Div),
    "Filter": filtered,
    "FloorDiv": _operation(ast.FloorDiv),
    "Getattr": _attribute,
    "Getitem": _item,
    "List": lambda rendering, node: Sequence("list", [rendering.value(n) for n in node.items]),
    "Mod": _operation(ast.Mod),
    "Mul": _operation(ast.Mult),
    "Name": _name,
    "Neg": lambda rendering, node: rendering.call.binary(
        ast.Sub, Constant(0), rendering.value(node.node)
    ),
    "Not": lambda rendering, node: Constant(not rendering.truth(rendering.value(node.node))),
    "Or": _either(ends_it=True),
    "Sub": _operation(ast.Sub),
    "TemplateData": lambda rendering, node: Constant(node.data),
    "Test": tested,
    "Tuple": lambda rendering, node: Sequence("tuple", [rendering.value(n) for n in node.items]),
}
