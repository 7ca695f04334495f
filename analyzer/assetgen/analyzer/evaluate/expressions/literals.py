"""Constants, f-strings, and the expressions that only pass values on."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.frame import Frame
from assetgen.analyzer.evaluate.objects.doubts import Presence, beyond
from assetgen.analyzer.evaluate.objects.iteration import ITEMS_PER_STEP
from assetgen.analyzer.evaluate.values import (
    Choice,
    Constant,
    Function,
    Iterator_,
    Sequence,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def _constant(machine: Machine, node: ast.Constant, frame: Frame) -> Value:
    return Constant(node.value)


def _joined_string(machine: Machine, node: ast.JoinedStr, frame: Frame) -> Value:
    pieces: list[Value] = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            pieces.append(Constant(part.value))
        else:
            pieces.append(machine.evaluate(part, frame))
    return concatenate(machine, pieces, frame.site(node))


def concatenate(machine: Machine, pieces: list[Value], site: Site) -> Value:
    """Pieces of text joined; one text for each combination of options, if they are few.

    An option that is not known makes another that is not known beside the texts.
    """
    texts: list[str] = [""]
    lost: Unknown | None = None
    condition: Unknown | None = None
    for piece in pieces:
        if isinstance(piece, Constant) and isinstance(piece.value, str):
            added = [piece.value]
        else:
            added = _known_texts(piece)
            if not isinstance(piece, Choice) or not added:
                return machine.unknown("unsupported", "text made of an unknown part", site, piece)
            condition = condition or piece.condition
            if len(added) < len(piece.options):
                others = (each for each in piece.options if isinstance(each, Unknown))
                lost = machine.unknown("unsupported", "text made of an unknown part", site, *others)
        if len(texts) * len(added) > machine.budget.options:
            return machine.unknown("budget", "text with too many alternatives", site, piece)
        texts = [text + more for text in texts for more in added]
    if sum(map(len, texts)) > machine.budget.text:
        return machine.unknown("budget", "text that is too long", site)
    if condition is None:
        return Constant(texts[0])
    made: list[Value] = [Constant(text) for text in texts]
    return machine.join(made if lost is None else [*made, lost], condition)


def _known_texts(piece: Value) -> list[str]:
    """The options of a choice that are texts, if the others are unknown."""
    options = piece.options if isinstance(piece, Choice) else ()
    if not all(isinstance(option, (Constant, Unknown)) for option in options):
        return []
    values = [option.value for option in options if isinstance(option, Constant)]
    return [value for value in values if isinstance(value, str)]


def _formatted_value(machine: Machine, node: ast.FormattedValue, frame: Frame) -> Value:
    value = machine.evaluate(node.value, frame)
    site = frame.site(node)
    conversion = _CONVERSIONS.get(node.conversion)
    if conversion is not None:
        value = machine.call(machine.intrinsic(conversion), [value], {}, site)
    arguments = [value]
    if node.format_spec is not None:
        arguments.append(machine.evaluate(node.format_spec, frame))
    if isinstance(value, Choice):
        options = [
            machine.call(machine.intrinsic("builtins.format"), [option, *arguments[1:]], {}, site)
            for option in machine.trying(value)
        ]
        return machine.join(options, value.condition)
    return machine.call(machine.intrinsic("builtins.format"), arguments, {}, site)


_CONVERSIONS = {115: "builtins.str", 114: "builtins.repr", 97: "builtins.ascii"}


def _lambda(machine: Machine, node: ast.Lambda, frame: Frame) -> Value:
    from assetgen.analyzer.evaluate.statements.definitions import defaults_of

    owner = frame.function.qualname + ".<locals>." if frame.function else ""
    scope, defaults = frame.scope.closure(), defaults_of(machine, node.args, frame)
    return Function(node, scope, frame.module, f"{owner}<lambda>", defaults)


def _await(machine: Machine, node: ast.Await, frame: Frame) -> Value:
    return machine.evaluate(node.value, frame)


def _yield(machine: Machine, node: ast.Yield, frame: Frame) -> Value:
    sent = frame.sent.pop(id(node), None)
    if sent is not None:
        return sent
    value = machine.evaluate(node.value, frame) if node.value else Constant(None)
    frame.yields.append((value, frame.condition))
    return Constant(None)


def _yield_from(machine: Machine, node: ast.YieldFrom, frame: Frame) -> Value:
    sent = frame.sent.pop(id(node), None)
    if sent is not None:
        return sent
    source = machine.evaluate(node.value, frame)
    given = machine.items(source, frame.site(node))
    machine.step(len(given.values) // ITEMS_PER_STEP)
    doubted = Presence(Sequence("list", list(given.values), list(given.losses)))
    for value in given.values:
        doubt = doubted.doubt(value)
        frame.yields.append((value, frame.condition if doubt is None else doubt.condition))
    frame.yields.extend((loss, frame.condition) for loss in beyond(given.losses))
    return source.result if isinstance(source, Iterator_) else Constant(None)


def _starred(machine: Machine, node: ast.Starred, frame: Frame) -> Value:
    return machine.evaluate(node.value, frame)


TABLE: Mapping[type[ast.AST], Callable[[Any, Any, Frame], Value]] = {
    ast.Constant: _constant,
    ast.JoinedStr: _joined_string,
    ast.FormattedValue: _formatted_value,
    ast.Lambda: _lambda,
    ast.Await: _await,
    ast.Yield: _yield,
    ast.YieldFrom: _yield_from,
    ast.Starred: _starred,
}
