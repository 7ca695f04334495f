"""The module `copy`."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Any, Final

from assetgen.analyzer.evaluate.bound_values import BoundMethod, Partial
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import Choice, Instance, Mapping, Sequence, Value
from assetgen.analyzer.intrinsics.arguments import Parameters

_COPY: Final = Parameters("x")
_DEEP_COPY: Final = Parameters("x, memo=None")

Copier = Callable[[Value], Value]


def shallow(value: Value) -> Value:
    """As `copy.copy`: a value without identity is returned itself."""
    copier = _COPIERS.get(type(value))
    return copier(value, lambda item: item) if copier is not None else value


def deep(value: Value, own: Callable[[Value], Value | None] = lambda value: None) -> Value:
    """As `copy.deepcopy`: aliases and cycles inside are preserved; `own` returns the result of an
    object's own method."""
    memo: dict[int, Value] = {}

    def copy(item: Value) -> Value:
        copier = _COPIERS.get(type(item))
        if copier is None:
            return item
        known = memo.get(id(item))
        if known is not None:
            return known
        by_itself = own(item)
        if by_itself is not None:
            memo[id(item)] = by_itself
            return by_itself
        fill = _FILLERS.get(type(item))
        if fill is None:
            memo[id(item)] = made = copier(item, copy)
            return made
        memo[id(item)] = made = copier(item, lambda inner: inner)
        fill(made, copy)
        return made

    return copy(value)


def _sequence(value: Sequence, copy: Copier) -> Value:
    return Sequence(value.kind, [copy(item) for item in value.items], list(value.losses))


def _mapping(value: Mapping, copy: Copier) -> Value:
    return Mapping(value.kind, dict(value.entries), list(value.losses), value.default_factory)


def _instance(value: Instance, copy: Copier) -> Value:
    content = None if value.content is None else shallow(value.content)
    attributes = dict(value.attributes)
    return Instance(value.cls, attributes, value.args, value.kwargs, value.site, content)


def _choice(value: Choice, copy: Copier) -> Value:
    return Choice(tuple(map(copy, value.options)), value.condition)


def _partial(value: Partial, copy: Copier) -> Value:
    kwargs = {name: copy(item) for name, item in value.kwargs.items()}
    return Partial(value.function, tuple(map(copy, value.args)), kwargs)


def _bound_method(value: BoundMethod, copy: Copier) -> Value:
    return BoundMethod(value.function, copy(value.receiver))


_COPIERS: Final[ReadOnlyMapping[type, Callable[[Any, Copier], Value]]] = {
    BoundMethod: _bound_method,
    Choice: _choice,
    Instance: _instance,
    Mapping: _mapping,
    Partial: _partial,
    Sequence: _sequence,
}


def _fill_sequence(value: Sequence, copy: Copier) -> None:
    value.items[:] = [copy(item) for item in value.items]


def _fill_mapping(value: Mapping, copy: Copier) -> None:
    for key, (name, item) in value.entries.items():
        value.entries[key] = (name, copy(item))


def _fill_instance(value: Instance, copy: Copier) -> None:
    for name, item in value.attributes.items():
        value.attributes[name] = copy(item)
    if value.content is not None:
        value.content = copy(value.content)


_FILLERS: Final[ReadOnlyMapping[type, Callable[[Any, Copier], None]]] = {
    Instance: _fill_instance,
    Mapping: _fill_mapping,
    Sequence: _fill_sequence,
}


def _copy(call: Call) -> Value:
    value = _COPY.bind(call)["x"]
    return _own(call, value, "__copy__") or shallow(value)


def _deep_copy(call: Call) -> Value:
    value = _DEEP_COPY.bind(call)["x"]
    return deep(value, lambda item: _own(call, item, "__deepcopy__"))


def _own(call: Call, value: Value, name: str) -> Value | None:
    """The result of the project's own copy method, if the class has one."""
    if not isinstance(value, Instance):
        return None
    for base in value.cls.mro:
        if name in getattr(base, "namespace", {}):
            method = call.get_attribute(value, name)
            memo = [] if name == "__copy__" else [Mapping()]
            return call.invoke(method, *memo)
    return None


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "copy.copy": _copy,
    "copy.deepcopy": _deep_copy,
}
