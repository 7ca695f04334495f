"""Templates of Jinja in the project's own code: the variables that one asks for, and what one gives
that holds no more than text and names. Others are not rendered."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Mapping,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.python.plain import each_option, lost

if TYPE_CHECKING:
    import jinja2.nodes

_TEMPLATE: Final = "jinja2.Template"
_TREE: Final = "jinja2.nodes.Template"
# What an environment can be told that changes no more than what undefined variables give.
_HARMLESS: Final = frozenset({"autoescape", "loader", "undefined"})


def _environment(call: Call) -> Value:
    if call.args or call.losses or not _HARMLESS.issuperset(call.kwargs):
        return lost(call, *call.args, *call.kwargs.values(), *call.losses)
    return Record("jinja2.Environment")


def _with_text(qualname: str) -> Intrinsic:
    def intrinsic(call: Call) -> Value:
        text = call.args[0] if call.args else NONE
        if call.kwargs or not isinstance(text, Constant) or not isinstance(text.value, str):
            return lost(call, text)
        return Record(qualname, {"text": text})

    return each_option(intrinsic)


def _undeclared(call: Call) -> Value:
    """The names that a template asks for and does not set."""
    import jinja2.meta

    tree = call.args[0] if call.args else NONE
    if not isinstance(tree, Record) or tree.qualname != _TREE:
        return lost(call, tree)
    names = jinja2.meta.find_undeclared_variables(_parsed(tree))
    return Sequence("set", [Constant(name) for name in sorted(names)])


def _rendered(call: Call) -> Value:
    """The text of a template with the values of its names."""
    import jinja2.nodes

    template = call.receiver
    if not isinstance(template, Record):
        return lost(call)
    given = dict(call.kwargs)
    for value in call.args:
        if isinstance(value, Mapping) and not value.losses:
            given |= dict(value.text_entries())
    parts: list[str] = []
    for output in _parsed(template).body:
        for node in output.nodes if isinstance(output, jinja2.nodes.Output) else (output,):
            if isinstance(node, jinja2.nodes.TemplateData):
                parts.append(node.data)
                continue
            name = node.name if isinstance(node, jinja2.nodes.Name) else None
            found = given.get(name) if name is not None else None
            if not isinstance(found, Constant) or not isinstance(found.value, (str, int)):
                causes = () if found is None else (found,)
                return call.unknown("unsupported", "what a template of Jinja gives", *causes)
            parts.append(str(found.value))
    return Constant("".join(parts))


def _parsed(record: Record) -> jinja2.nodes.Template:
    import jinja2

    try:
        return jinja2.Environment().parse(_text(record))
    except (jinja2.TemplateSyntaxError, RecursionError) as error:
        raise Raised("jinja2.TemplateSyntaxError", str(error)) from error


def _text(record: Record) -> str:
    text = record.fields["text"]
    assert isinstance(text, Constant)
    return str(text.value)


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "jinja2.Environment": each_option(_environment),
    "jinja2.Environment.from_string": _with_text(_TEMPLATE),
    "jinja2.Environment.parse": _with_text(_TREE),
    "jinja2.Template": _with_text(_TEMPLATE),
    "jinja2.Template.render": _rendered,
    "jinja2.meta.find_undeclared_variables": each_option(_undeclared),
}
