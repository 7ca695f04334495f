"""The module `functools`."""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Mapping as ReadOnlyMapping
from typing import ClassVar, Final

from assetgen.analyzer.evaluate.bound_values import Descriptor, KnownMethod, Partial
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.instances import UNIONS, union_members
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Mapping,
    Parameterised,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.python.inspection.type_hints import Alias
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.model.dataclass import dataclass, field

_WRAPS: Final = Parameters("wrapped, assigned=None, updated=None")
_UPDATE: Final = Parameters("wrapper, wrapped, assigned=None, updated=None")
_REDUCE: Final = Parameters("function, iterable, initial=..., /")
_CACHE: Final = Parameters("user_function=None, maxsize=None, typed=False, /")
_FUNCTION: Final = Parameters("function, /")
_REGISTER: Final = Parameters("cls, function=None, /")
_COPIED: Final = ("__name__", "__qualname__", "__doc__", "__module__")


def is_method(function: Value) -> bool:
    """Whether a function is defined in the body of a class."""
    if not isinstance(function, Function):
        return False
    before = function.qualname.rpartition(".")[0]
    return bool(before) and not before.endswith("<locals>")


def _partial(call: Call) -> Value:
    if not call.args:
        return lost(call, *call.losses)
    if call.losses:
        return lost(call, *call.losses)
    function, *args = call.args
    kwargs = call.kwargs
    if isinstance(function, Partial):
        args = [*function.args, *args]
        kwargs = {**function.kwargs, **kwargs}
        function = function.function
    return Partial(function, tuple(args), dict(kwargs))


def _wraps(call: Call) -> Value:
    bound = _WRAPS.bind(call)
    return Partial(External("functools.update_wrapper"), (), {"wrapped": bound["wrapped"]})


def _update_wrapper(call: Call) -> Value:
    bound = _UPDATE.bind(call)
    wrapper, wrapped = bound["wrapper"], bound["wrapped"]
    if isinstance(wrapper, (Function, Instance)):
        attributes = wrapper.attributes
        for name in _COPIED:
            found = call.find_attribute(wrapped, name)
            if found is not None:
                call.machine.write(attributes, name, found)
        if isinstance(wrapped, (Function, Instance)):
            for name, value in wrapped.attributes.items():
                if isinstance(wrapper, Instance) or name not in attributes:
                    call.machine.write(attributes, name, value)
        call.machine.write(attributes, "__wrapped__", wrapped)
    return wrapper


def _reduce(call: Call) -> Value:
    bound = _REDUCE.bind(call)
    items = call.items(bound["iterable"])
    if items.losses:
        return lost(call, *items.losses)
    values = list(items.values)
    if "initial" in bound:
        values.insert(0, bound["initial"])
    if not values:
        raise Raised("builtins.TypeError", "reduce() of empty iterable with no initial value")
    total = values[0]
    for value in values[1:]:
        total = call.invoke(bound["function"], total, value)
    return total


@dataclass(slots=True, eq=False)
class Cached(Declared):
    """A function decorated with `lru_cache` or `cache`: equal arguments return the same object."""

    type_name: ClassVar[str] = "functools._lru_cache_wrapper"
    function: Value = NONE
    memory: dict[Hashable, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        if name == "__wrapped__":
            return self.function
        if isinstance(self.function, Function):
            if name == "__name__":
                return self.function.attributes.get(name, Constant(self.function.name))
            return self.function.attributes.get(name)
        return None


def _cache(call: Call) -> Value:
    bound = _CACHE.bind(_without_keywords(call))
    function = bound["user_function"]
    if isinstance(function, Function):
        return Cached(function=function)
    if isinstance(function, Descriptor) and function.kind == "staticmethod":
        return Descriptor("staticmethod", Cached(function=function.function))
    if isinstance(function, Constant):
        return External("functools.cache")
    return lost(call, function) if isinstance(function, Unknown) else Cached(function=function)


def _without_keywords(call: Call) -> Call:
    return Call(call.machine, call.name, call.args, {}, call.site)


def _call_cached(call: Call) -> Value:
    cached = call.receiver
    if not isinstance(cached, Cached):
        return lost(call)
    keys = [call.machine.hash_key(value) for value in call.values]
    if call.losses or any(key is None for key in keys):
        return call.passed_to(cached.function)
    key = (tuple(keys), tuple(call.kwargs))
    if key not in cached.memory:
        made = call.invoke(cached.function, *call.args, **call.kwargs)
        call.machine.write(cached.memory, key, made)
    return cached.memory[key]


def _forget(call: Call) -> Value:
    if isinstance(call.receiver, Cached):
        call.receiver.memory.clear()
    return NONE


def _cached_property(call: Call) -> Value:
    return Descriptor("cached_property", _FUNCTION.bind(call)["function"])


@dataclass(slots=True, eq=False)
class SingleDispatch(Declared):
    """A function decorated with `singledispatch`, and what was registered, latest last."""

    type_name: ClassVar[str] = "functools.singledispatch"
    function: Value = NONE
    registered: list[tuple[Value, Value]] = field(default_factory=list)
    is_method: bool = False


def _single_dispatch(call: Call) -> Value:
    return SingleDispatch(function=_FUNCTION.bind(call)["function"])


def _register(call: Call) -> Value:
    bound = _REGISTER.bind(call)
    dispatch, function = call.receiver, bound["function"]
    if not isinstance(dispatch, SingleDispatch):
        return lost(call)
    if function == NONE:
        if isinstance(bound["cls"], Function):
            return _register_by_annotation(call, dispatch, bound["cls"])
        return Partial(KnownMethod(call.name, dispatch), (bound["cls"],), {})
    _note(call, dispatch, bound["cls"], function)
    return function


def _note(call: Call, dispatch: SingleDispatch, cls: Value, function: Value) -> None:
    """Registers a function for a class, or for each class of a union."""
    if isinstance(cls, Alias) and isinstance(cls.origin, External):
        for each in cls.arguments:
            dispatch.registered.append((each, function))
    elif isinstance(cls, Parameterised) and cls.qualname in UNIONS:
        for each in union_members(call.machine, cls):
            dispatch.registered.append((each, function))
    else:
        dispatch.registered.append((cls, function))


def _register_by_annotation(call: Call, dispatch: SingleDispatch, function: Function) -> Value:
    """`@f.register` on a function whose first parameter is annotated."""
    hints = call.invoke(External("typing.get_type_hints"), function)
    classes = [hint for _, hint in hints.text_entries()] if isinstance(hints, Mapping) else []
    _note(call, dispatch, classes[0] if classes else lost(call, function), function)
    return function


def _dispatch(call: Call) -> Value:
    dispatch = call.receiver
    if not isinstance(dispatch, SingleDispatch) or not call.args:
        return lost(call, *call.losses)
    place = 1 if dispatch.is_method and len(call.args) > 1 else 0
    chosen = _chosen(call, dispatch, call.args[place])
    if isinstance(chosen, Unknown):
        return chosen
    return call.passed_to(chosen)


def _chosen(call: Call, dispatch: SingleDispatch, argument: Value) -> Value:
    """The function for an argument: the one for its own class, or the most specific of its
    classes."""
    own = call.machine.type_of(argument)
    best: tuple[Value, Value] | None = None
    for cls, function in dispatch.registered:
        answer = call.machine.is_instance(argument, cls)
        if answer is None:
            return lost(call, argument, cls)
        is_better = best is None or cls == own or call.machine.is_subclass(cls, best[0])
        if answer and is_better and (cls == own or best is None or best[0] != own):
            best = (cls, function)
    return best[1] if best is not None else dispatch.function


def _dispatched(call: Call) -> Value:
    """`f.dispatch(cls)`: the function for instances of the class."""
    dispatch, cls = call.receiver, call.first
    if not isinstance(dispatch, SingleDispatch):
        return lost(call, cls)
    for registered, function in reversed(dispatch.registered):
        if call.machine.is_subclass(cls, registered):
            return function
    return dispatch.function


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    "functools._lru_cache_wrapper.__call__": _call_cached,
    "functools._lru_cache_wrapper.cache_clear": _forget,
    "functools.cache": _cache,
    "functools.cached_property": _cached_property,
    "functools.lru_cache": _cache,
    "functools.partial": _partial,
    "functools.reduce": _reduce,
    "functools.singledispatch": _single_dispatch,
    "functools.singledispatch.__call__": _dispatch,
    "functools.singledispatch.dispatch": _dispatched,
    "functools.singledispatch.register": _register,
    "functools.singledispatchmethod": lambda call: SingleDispatch(
        function=_FUNCTION.bind(call)["function"], is_method=True
    ),
    "functools.update_wrapper": _update_wrapper,
    "functools.wraps": _wraps,
}
