"""From values of functions to references that code can be generated from."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as ReadOnlyMapping
from pathlib import PurePath
from typing import Any

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Partial
from assetgen.analyzer.evaluate.objects.conversion import NotPlain, to_python
from assetgen.analyzer.evaluate.objects.display import brief_display
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.site import Site, definition_site
from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    External,
    Function,
    Instance,
    Mapping,
    Module,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.dagster.declared.assets import AssetsValue
from assetgen.analyzer.intrinsics.dagster.declared.graphs import OpValue
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.model.functions import (
    CallRef,
    Captured,
    FunctionRef,
    Lost,
    NameRef,
    Plain,
    TableRef,
    TupleRef,
)
from assetgen.analyzer.model.spans import Span
from assetgen.analyzer.syntax.taking import taken_by

_DEPTH = 12  # how deep captured objects hold each other


def function_ref(function: Value | None, site: Site) -> FunctionRef:
    """The reference to a step's function; if that is not a function of the project, a reference to
    something `Lost`."""
    if isinstance(function, Function):
        return _reference(function, 0)
    if isinstance(function, BoundMethod) and isinstance(function.function, External):
        method = _method_of_library(function, function.function, site)
        made = ("", _lost_in(method) or method)
        return FunctionRef(site.module.name, site.span.path, "", site.span, (made,))
    what = "nothing" if function is None else brief_display(function)
    lost = Lost(
        f"the step is computed by {what}, which is not a function of the project", site.span
    )
    return FunctionRef(site.module.name, site.span.path, "", site.span, (("", lost),))


def is_module_level(function: Value | None) -> bool:
    """Whether a function holds nothing but what its module holds: the reference to it is the same
    whenever it is made."""
    return isinstance(function, Function) and function.scope.parent is None


def _method_of_library(bound: BoundMethod, method: External, site: Site) -> Captured:
    """A method of an object that a library makes of plain data."""
    receiver = captured(bound.receiver, site)
    name = Plain(repr(method.qualname.rpartition(".")[2]))
    return CallRef(NameRef("builtins", "getattr"), ((None, receiver), (None, name)))


def _reference(function: Function, depth: int) -> FunctionRef:
    site = definition_site(function)
    is_nested = function.scope.parent is not None
    captures = tuple(_captures(function, depth)) if is_nested else ()
    around = tuple(_around(function, depth)) if is_nested else ()
    span = _whole(function, site)
    return FunctionRef(
        function.module.name, site.span.path, function.qualname, span, captures, is_nested, around
    )


def _whole(function: Function, site: Site) -> Span:
    """The definition with its decorators."""
    span, parsed = site.span, function.module.parsed
    if function.decorated is None or parsed is None:
        return span
    first = parsed.span_between(*function.decorated, *function.decorated)
    column = max(1, first.column - 1)  # the decorator's `@`
    return Span(span.path, first.line, column, span.end_line, span.end_column)


def _captures(function: Function, depth: int) -> list[tuple[str, Captured]]:
    """The variables of enclosing functions that it uses, and defaults that are not literals."""
    found = []
    taken = function.taken or taken_by(function.node)
    for name in taken.names:
        value = _enclosing(function.scope, name)
        if value is not None:
            found.append((name, captured(value, definition_site(function), depth + 1)))
    given = {name for name, _ in found}
    for name, value in function.defaults.items():
        if name not in given and name not in taken.literals:
            site = definition_site(function)
            found.append((name, captured(value, site, depth + 1)))
    return found


def _around(function: Function, depth: int) -> Iterator[tuple[str, Captured]]:
    """The variables of enclosing functions that only its head mentions."""
    taken = function.taken or taken_by(function.node)
    for name in taken.around:
        value = _enclosing(function.scope, name)
        if value is not None:
            yield name, captured(value, definition_site(function), depth + 1)


def _enclosing(scope: Scope | None, name: str) -> Value | None:
    """What a name stands for in the enclosing functions, not counting the module."""
    while scope is not None and scope.parent is not None:
        if name in scope.names:
            return scope.names[name]
        scope = scope.parent
    return None


def captured(value: Value, site: Site, depth: int = 0) -> Captured:
    """How a value can be written down in another module."""
    if depth > _DEPTH:
        return Lost("objects nested too deeply", site.span)
    plain = _plain(value)
    if plain is not None:
        return plain
    for kind in type(value).__mro__:
        handler = _HANDLERS.get(kind)
        if handler is not None:
            found = handler(value, site, depth)
            by_name = _by_name(value, site) if _lost_in(found) is not None else None
            return found if by_name is None else by_name
    return Lost(f"{brief_display(value)} cannot be written down", site.span)


# What is the same object wherever it is; an `Unknown` may stand for several.
_OBJECTS = (Class, Instance, Mapping, Record, Sequence)


def _by_name(value: Value, site: Site) -> NameRef | None:
    """The name at module level of something that cannot be made again, if it has one: in the module
    of its class, or where it is used."""
    if not isinstance(value, _OBJECTS):
        return None
    own = (value.module,) if isinstance(value, Class) else ()
    for module in (*own, site.module):
        for name, known in module.scope.names.items():
            if known is value:
                return NameRef(module.name, name)
    return None


def _lost_in(found: Captured) -> Lost | None:
    """What is lost: something, or a part of it."""
    parts: Iterable[Captured] = ()
    if isinstance(found, CallRef):
        parts = (found.function, *(each for _, each in found.arguments))
    elif isinstance(found, TupleRef):
        parts = found.items
    elif isinstance(found, TableRef):
        parts = (each for _, each in found.entries)
    elif isinstance(found, Lost):
        return found
    return next((lost for each in parts if (lost := _lost_in(each)) is not None), None)


_PLAIN_TYPES = (bool, int, float, complex, str, bytes, type(None), type(Ellipsis), range)


def _plain(value: Value) -> Plain | None:
    if not isinstance(value, (Constant, Sequence, Mapping)):
        return None
    if isinstance(value, Mapping) and value.kind != "dict":
        return None
    try:
        data = to_python(value)
    except NotPlain:
        return None
    return Plain(_source(data)) if _is_plain(data) else None


def _source(data: object) -> str:
    """Python source for plain data, the same in every process, though sets have no order."""
    if isinstance(data, float) and not math.isfinite(data):
        return f'float("{data}")'
    if isinstance(data, dict):
        items = ", ".join(f"{_source(name)}: {_source(each)}" for name, each in data.items())
        return f"{{{items}}}"
    if isinstance(data, (list, tuple)):
        inner = ", ".join(map(_source, data))
        single = "," if len(data) == 1 else ""
        return f"[{inner}]" if isinstance(data, list) else f"({inner}{single})"
    if isinstance(data, (set, frozenset)):
        inner = f"{{{', '.join(sorted(map(_source, data)))}}}" if data else ""
        return inner if inner and isinstance(data, set) else f"{type(data).__name__}({inner})"
    return repr(data)


def _is_plain(data: object) -> bool:
    if isinstance(data, (list, tuple, set, frozenset)):
        return all(map(_is_plain, data))
    if isinstance(data, dict):
        return all(map(_is_plain, data)) and all(map(_is_plain, data.values()))
    return type(data) in _PLAIN_TYPES


def _constant(value: Constant, site: Site, depth: int) -> Captured:
    data = value.value
    if isinstance(data, PurePath):
        path = ((None, Plain(repr(str(data)))),)
        return CallRef(NameRef("pathlib", "Path"), path)
    if isinstance(data, datetime.timedelta):
        fields = (
            ("days", data.days),
            ("seconds", data.seconds),
            ("microseconds", data.microseconds),
        )
        named = tuple((name, Plain(repr(number))) for name, number in fields)
        return CallRef(NameRef("datetime", "timedelta"), named)
    if type(data) in (datetime.datetime, datetime.date) and not getattr(data, "tzinfo", None):
        parts = data.timetuple()[: 3 if type(data) is datetime.date else 6]  # type: ignore[attr-defined]
        if getattr(data, "microsecond", 0):
            parts += (data.microsecond,)  # type: ignore[attr-defined]
        positional = tuple((None, Plain(repr(part))) for part in parts)
        return CallRef(NameRef("datetime", type(data).__name__), positional)
    return Lost(f"{data!r} cannot be written down", site.span)


def _sequence(value: Sequence, site: Site, depth: int) -> Captured:
    if value.losses:
        return _unknown(value.losses[0], site, depth)
    items = tuple(captured(item, site, depth + 1) for item in value.items)
    return TupleRef(value.kind, items)


def _mapping(value: Mapping, site: Site, depth: int) -> Captured:
    if value.losses:
        return _unknown(value.losses[0], site, depth)
    entries = []
    for key, item in value.entries.values():
        if not isinstance(key, Constant) or not isinstance(
            key.value, (str, int, float, bool, type(None))
        ):
            return Lost("a dictionary whose keys are not plain", site.span)
        entries.append((key.value, captured(item, site, depth + 1)))
    return TableRef(tuple(entries))


def _function(value: Function, site: Site, depth: int) -> Captured:
    if value.scope.parent is None and not value.is_lambda:
        return NameRef(value.module.name, value.qualname)
    return _reference(value, depth)


def _class(value: Class, site: Site, depth: int) -> Captured:
    if "<locals>" in value.qualname:
        return Lost(f"the class {value.qualname} is local to a function", site.span)
    return NameRef(value.module.name, value.qualname)


def _instance(value: Instance, site: Site, depth: int) -> Captured:
    for name, member in value.cls.namespace.items():
        if member is value:  # a member of an enumeration
            return NameRef(value.cls.module.name, f"{value.cls.qualname}.{name}")
    cls = _class(value.cls, site, depth)
    if isinstance(cls, Lost):
        return cls
    return CallRef(cls, _arguments(value.args, value.kwargs, site, depth))


def _partial(value: Partial, site: Site, depth: int) -> Captured:
    function = captured(value.function, site, depth + 1)
    arguments = _arguments(value.args, value.kwargs, site, depth)
    return CallRef(NameRef("functools", "partial"), ((None, function), *arguments))


def _record(value: Record, site: Site, depth: int) -> Captured:
    if value.losses:
        return _unknown(value.losses[0], site, depth)
    module, _, name = value.qualname.rpartition(".")
    return CallRef(NameRef(module, name), _arguments(value.args, value.fields, site, depth))


def _arguments(
    args: tuple[Value, ...], kwargs: ReadOnlyMapping[str, Value], site: Site, depth: int
) -> tuple[tuple[str | None, Captured], ...]:
    return (
        *((None, captured(item, site, depth + 1)) for item in args),
        *((name, captured(item, site, depth + 1)) for name, item in kwargs.items()),
    )


def _external(value: External, site: Site, depth: int) -> Captured:
    module, _, name = value.qualname.rpartition(".")
    return NameRef(module, name) if module else NameRef(name, "")


def _bound_method(value: BoundMethod, site: Site, depth: int) -> Captured:
    function = value.function
    if isinstance(function, Function):
        receiver = captured(value.receiver, site, depth + 1)
        getter = NameRef("builtins", "getattr")
        return CallRef(getter, ((None, receiver), (None, Plain(repr(function.name)))))
    return Lost(f"{brief_display(value)} cannot be written down", site.span)


def _key(value: KeyValue, site: Site, depth: int) -> Captured:
    return CallRef(NameRef("dagster", "AssetKey"), ((None, Plain(repr(list(value.key.parts)))),))


def _definition(value: AssetsValue | OpValue, site: Site, depth: int) -> Captured:
    """An asset or op that is called as a function: its function."""
    function = value.node.function if isinstance(value, AssetsValue) and value.node else None
    if isinstance(value, OpValue):
        function = value.function
    if isinstance(function, Function):
        return _function(function, site, depth)
    return Lost(f"{brief_display(value)} cannot be written down", site.span)


def _unknown(value: Unknown, site: Site, depth: int) -> Captured:
    root = value.root()
    return Lost(root.message, root.span or site.span)


_HANDLERS: ReadOnlyMapping[type, Callable[[Any, Site, int], Captured]] = {
    Constant: _constant,
    Sequence: _sequence,
    Mapping: _mapping,
    Function: _function,
    Class: _class,
    Instance: _instance,
    Partial: _partial,
    Record: _record,
    External: _external,
    BoundMethod: _bound_method,
    Module: lambda value, site, depth: NameRef(value.name, ""),
    KeyValue: _key,
    AssetsValue: _definition,
    OpValue: _definition,
    Unknown: _unknown,
}
