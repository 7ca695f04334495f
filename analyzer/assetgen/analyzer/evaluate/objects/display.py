"""Values as text, for messages."""

from __future__ import annotations

from collections.abc import Callable

from assetgen.analyzer.evaluate.bound_values import (
    BoundMethod,
    Descriptor,
    KnownMethod,
    Partial,
    Super,
)
from assetgen.analyzer.evaluate.objects.doubts import Presence, beyond
from assetgen.analyzer.evaluate.values import (
    Choice,
    Class,
    Constant,
    Declared,
    Deferred,
    External,
    Function,
    Instance,
    Iterator_,
    Mapping,
    Module,
    Record,
    Sequence,
    Unknown,
    Value,
)

_LIMIT = 12  # items of a collection that are shown
_MOST = 2000  # values that are shown, of those that are in others
_BRACKETS = {"list": "[]", "tuple": "()", "set": "{}"}


def display(value: Value) -> str:
    """What a person would write for `value`; unknown parts are `Unknown`, with the reason, and what
    may not exist has a question mark. Large or recursive values are shown in part."""
    return _Display().text(value)


def brief_display(value: Value) -> str:
    """The same, or its beginning: enough to know in a message what is meant."""
    text = display(value)
    return text if len(text) <= _BRIEF else f"{text[: _BRIEF - 3]}..."


_BRIEF = 80


class _Display:
    """One showing of a value with all that is in it."""

    __slots__ = ("shown",)

    def __init__(self) -> None:
        self.shown = 0

    def text(self, value: Value) -> str:
        self.shown += 1
        if self.shown > _MOST:
            return "..."
        for kind in type(value).__mro__:
            show = _SHOW.get(kind)
            if show is not None:
                return show(value, self.text)
        return type(value).__name__


Show = Callable[[Value], str]


def _sequence(value: Sequence, show: Show) -> str:
    presence = Presence(value)
    shown = [show(item) + _mark(presence, item) for item in value.items[:_LIMIT]]
    if len(value.items) > _LIMIT:
        shown.append("...")
    shown += [f"*{show(loss)}" for loss in beyond(value.losses)]
    text = ", ".join(shown)
    if value.kind == "set" and not shown:
        return "set()"
    if value.kind in _BRACKETS:
        brackets = _BRACKETS[value.kind]
        comma = "," if value.kind == "tuple" and len(shown) == 1 else ""
        return f"{brackets[0]}{text}{comma}{brackets[1]}"
    return f"{value.kind}([{text}])"


def _mapping(value: Mapping, show: Show) -> str:
    entries = list(value.entries.values())
    presence = Presence(value)
    shown = [f"{show(key)}: {show(item)}{_mark(presence, key)}" for key, item in entries[:_LIMIT]]
    if len(entries) > _LIMIT:
        shown.append("...")
    shown += [f"**{show(loss)}" for loss in beyond(value.losses)]
    return "{" + ", ".join(shown) + "}"


def _mark(presence: Presence, item: Value) -> str:
    """The mark after an item that may not exist, as after an asset."""
    return " ?" if presence.doubt(item) is not None else ""


def _record(value: Record, show: Show) -> str:
    shown = [show(item) for item in value.args]
    named = ((name, item) for name, item in value.fields.items() if name not in _OF_EXCEPTIONS)
    shown += [f"{name}={show(item)}" for name, item in named]
    return f"{value.qualname.rsplit('.', 1)[-1]}({', '.join(shown)})"


_OF_EXCEPTIONS = ("args", "__cause__", "__notes__")


def _instance(value: Instance, show: Show) -> str:
    shown = [f"{name}={show(item)}" for name, item in list(value.attributes.items())[:_LIMIT]]
    if value.content is not None:
        shown.insert(0, show(value.content))
    return f"{value.cls.name}({', '.join(shown)})"


_SHOW: dict[type, Callable[..., str]] = {
    Constant: lambda value, show: repr(value.value),
    Unknown: lambda value, show: f"Unknown({value.root().reason}: {value.root().message})",
    Choice: lambda value, show: " | ".join(show(option) for option in value.options),
    Sequence: _sequence,
    Mapping: _mapping,
    Iterator_: lambda value, show: "<iterator>",
    Module: lambda value, show: f"<module {value.name}>",
    Deferred: lambda value, show: f"<{value.module.name}.{value.name}>",
    External: lambda value, show: value.qualname.removeprefix("builtins."),
    Function: lambda value, show: f"<function {value.qualname}>",
    Class: lambda value, show: f"<class {value.qualname}>",
    Instance: _instance,
    BoundMethod: lambda value, show: f"<method {show(value.function)}>",
    KnownMethod: lambda value, show: f"<method {value.qualname}>",
    Partial: lambda value, show: f"partial({show(value.function)})",
    Descriptor: lambda value, show: f"<{value.kind}>",
    Super: lambda value, show: "super()",
    Record: _record,
    Declared: lambda value, show: f"<{value.type_name}>",
}
