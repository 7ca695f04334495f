"""Templates of Jinja in the project's own code: the variables that one asks for, and one that asks
for nothing, which is its own text. Others are not rendered."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Constant, Record, Sequence, Value
from assetgen.analyzer.intrinsics.python.plain import each_option, lost

_TEMPLATE: Final = "jinja2.Template"
_TREE: Final = "jinja2.nodes.Template"
_MARKS: Final = ("{{", "{%", "{#")
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
    try:
        names = jinja2.meta.find_undeclared_variables(jinja2.Environment().parse(_text(tree)))
    except (jinja2.TemplateSyntaxError, RecursionError) as error:
        raise Raised("jinja2.TemplateSyntaxError", str(error)) from error
    return Sequence("set", [Constant(name) for name in sorted(names)])


def _rendered(call: Call) -> Value:
    template = call.receiver
    if not isinstance(template, Record):
        return lost(call)
    text = _text(template)
    if any(mark in text for mark in _MARKS):
        return call.unknown("unsupported", "what a template of Jinja gives")
    return Constant(text.removesuffix("\n"))


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
