"""Jinja's macros, blocks, and templates that import, include or extend others."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Constant, Declared, Mapping, Sequence, Value
from assetgen.analyzer.intrinsics.python.jinja.jinja_values import Lost
from assetgen.analyzer.intrinsics.python.receivers import method
from assetgen.analyzer.model.dataclass import dataclass, field

if TYPE_CHECKING:
    from jinja2 import nodes

    from assetgen.analyzer.intrinsics.python.jinja.jinja_rendering import Rendering


@dataclass(slots=True, eq=False)
class Macro(Declared):
    """A macro, or something that is called like one: a block of the parent template, `caller()`."""

    type_name: ClassVar[str] = "jinja2.runtime.Macro"
    rendering: Any = None
    names: dict[str, Value] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    defaults: tuple[Any, ...] = ()
    body: tuple[Any, ...] = ()


@dataclass(slots=True, eq=False)
class TemplateModule(Declared):
    """The result of `import`: the macros of a template, and the names it assigns."""

    type_name: ClassVar[str] = "jinja2.environment.TemplateModule"
    is_open: ClassVar[bool] = False
    names: dict[str, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        return self.names.get(name)


def _called(call: Call, macro: Macro) -> Value:
    rendering: Rendering = macro.rendering.inner(dict(macro.names))
    spare = list(call.args[len(macro.parameters) :])
    given = dict(zip(macro.parameters, call.args, strict=False))
    others = Mapping()
    for name, value in call.kwargs.items():
        if name in macro.parameters or name == "caller":
            given[name] = value
        else:
            others.entries[("constant", name)] = (Constant(name), value)
    first = len(macro.parameters) - len(macro.defaults)
    try:
        for place, name in enumerate(macro.parameters):
            if name not in given:
                has_default = place >= first
                rendering.names[name] = (
                    rendering.value(macro.defaults[place - first])
                    if has_default
                    else rendering.undefined(name)
                )
            else:
                rendering.names[name] = given[name]
        if "caller" in given:
            rendering.names["caller"] = given["caller"]
        rendering.names["varargs"] = Sequence("tuple", spare)
        rendering.names["kwargs"] = others
        rendering.run(list(macro.body))
    except Lost as lost:
        return call.unknown("unsupported", lost.message, lost.value)
    return Constant("".join(rendering.pieces))


def define(rendering: Rendering, node: Any) -> None:
    """`{% macro name(...) %}`."""
    parameters = tuple(each.name for each in node.args)
    rendering.names[node.name] = Macro(
        rendering, rendering.names, parameters, tuple(node.defaults), tuple(node.body)
    )


def call_with_block(rendering: Rendering, node: Any) -> None:
    """`{% call macro() %}`: the macro receives the block as `caller`."""
    parameters = tuple(each.name for each in node.args)
    caller = Macro(rendering, rendering.names, parameters, tuple(node.defaults), tuple(node.body))
    args = [rendering.value(each) for each in node.call.args]
    kwargs = {each.key: rendering.value(each.value) for each in node.call.kwargs}
    function = rendering.value(node.call.node)
    machine, site = rendering.call.machine, rendering.call.site
    rendering.write(machine.call(function, args, {**kwargs, "caller": caller}, site))


def include(rendering: Rendering, node: Any) -> None:
    """`{% include %}`."""
    try:
        body = rendering.other(node.template)
    except Raised:
        if node.ignore_missing:
            return
        raise
    names = dict(rendering.names) if node.with_context else dict(rendering.shared)
    inner = rendering.inner(names)
    inner.run_template(body)
    rendering.pieces.append("".join(inner.pieces))


def import_as(rendering: Rendering, node: Any) -> None:
    """`{% import ... as ... %}`."""
    rendering.names[node.target] = TemplateModule(_module(rendering, node))


def import_from(rendering: Rendering, node: Any) -> None:
    """`{% from ... import ... %}`."""
    names = _module(rendering, node)
    for each in node.names:
        name, alias = each if isinstance(each, tuple) else (each, each)
        rendering.names[alias] = names.get(name) or rendering.undefined(name)


def _module(rendering: Rendering, node: Any) -> dict[str, Value]:
    names = dict(rendering.names) if node.with_context else dict(rendering.shared)
    inner = rendering.inner(names)
    inner.run_template(rendering.other(node.template))
    return {name: value for name, value in inner.names.items() if not name.startswith("_")}


def block(rendering: Rendering, node: Any) -> None:
    """A block, as the most derived template defines it, which may call `super()`."""
    _write_block(rendering, node.name, 0)


def _write_block(rendering: Rendering, name: str, depth: int) -> None:
    bodies = rendering.blocks[name]
    outer = rendering.names
    above = bodies[depth + 1 :]
    if above:
        upper = Macro(rendering, outer, (), (), (_Upper(name, depth + 1),))
        rendering.names = {**outer, "super": upper}
    rendering.run(list(bodies[depth]))
    rendering.names = outer


@dataclass(frozen=True, slots=True)
class _Upper:
    """Stands in the body of a block for the one that it overrides."""

    name: str
    depth: int


def upper(rendering: Rendering, node: _Upper) -> None:
    """`{{ super() }}`: the block that this one overrides."""
    _write_block(rendering, node.name, node.depth)


def blocks_in(body: list[nodes.Node]) -> Iterator[tuple[str, list[nodes.Node]]]:
    """The blocks of a template, by name."""
    import jinja2.nodes

    for node in body:
        if isinstance(node, jinja2.nodes.Block):
            yield node.name, node.body
        for inner in node.find_all(jinja2.nodes.Block):
            yield inner.name, inner.body


UNWRITTEN: Final = ("Assign", "FromImport", "Import", "Macro")
"""Statements of a template that extends another which count, though nothing is written there."""

TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "jinja2.runtime.Macro.__call__": method(Macro, _called),
}
