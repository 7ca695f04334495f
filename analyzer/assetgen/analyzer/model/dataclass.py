"""Dataclasses that cost little to define.

The standard library compiles up to nine methods of a class when it is defined. For the 300 of ours
that took as long as importing all the rest, and most of them nobody makes in a run. Here methods
are shared, but for `__init__`, which is compiled when the first object is made.

To type checkers, to `dataclasses.fields`, `replace`, `asdict` and `astuple`, and to whoever uses
the classes, they are those of the standard library, always slotted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
else:
    from collections.abc import Callable
    from dataclasses import _FIELD, MISSING, Field, FrozenInstanceError, field
    from operator import attrgetter, ge, gt, le, lt
    from reprlib import recursive_repr
    from types import SimpleNamespace
    from typing import Any

    def dataclass(
        *, slots: bool, frozen: bool = False, eq: bool = True, order: bool = False
    ) -> Callable[[type], type]:
        """As `dataclasses.dataclass`; `slots` can only be true."""
        assert slots
        return lambda cls: _made(cls, frozen, eq, order)

    def _made(cls: type, frozen: bool, eq: bool, order: bool) -> type:
        fields = _fields(cls)
        members = {"__repr__": _repr, **cls.__dict__, "__dataclass_fields__": fields}
        members["__dataclass_params__"] = _FROZEN_PARAMETERS if frozen else _PARAMETERS
        for name in ("__dict__", "__weakref__", *fields):
            members.pop(name, None)
        slotted = {name for base in cls.__mro__ for name in base.__dict__.get("__slots__", ())}
        members["__slots__"] = tuple(name for name in fields if name not in slotted)
        if frozen:
            members.update(_FROZEN)
        if eq:
            members.setdefault("__eq__", _eq)
            members["__hash__"] = _hash if frozen else None
        if order:
            members.update(_ORDER)
        made = type(cls)(cls.__name__, cls.__bases__, members)
        made.__qualname__ = cls.__qualname__
        compared = [name for name, one in fields.items() if one.compare]
        made.__compared__ = staticmethod(_key(compared))
        made.__init__ = _uncompiled(made, frozen)
        return made

    def _fields(cls: type) -> dict[str, Field[Any]]:
        """The fields of the bases, and those that are annotated in the class."""
        found: dict[str, Field[Any]] = {}
        for base in reversed(cls.__mro__[1:]):
            found.update(base.__dict__.get("__dataclass_fields__", {}))
        for name, annotation in cls.__annotations__.items():
            if annotation.startswith("ClassVar"):
                continue
            default = cls.__dict__.get(name, MISSING)
            one = default if isinstance(default, Field) else field(default=default)
            one.name, one.type, one._field_type = name, annotation, _FIELD
            found[name] = one
        return found

    def _key(names: list[str]) -> Callable[[Any], tuple[object, ...]]:
        """What objects are compared by."""
        if len(names) > 1:
            return attrgetter(*names)
        return lambda self: tuple(getattr(self, name) for name in names)

    def _uncompiled(cls: type, frozen: bool) -> Callable[..., None]:
        """An `__init__` that compiles the one that takes its place."""

        def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
            cls.__init__ = _compiled(cls, frozen)
            cls.__init__(self, *args, **kwargs)

        return __init__

    def _compiled(cls: type, frozen: bool) -> Callable[..., None]:
        names: dict[str, Any] = {"MISSING": MISSING}
        parameters, lines = ["self"], []
        for name, one in cls.__dataclass_fields__.items():
            value = name
            if one.default_factory is not MISSING:
                names[f"make_{name}"] = one.default_factory
                value = f"make_{name}() if {name} is MISSING else {name}"
                parameters.append(f"{name}=MISSING")
            elif one.default is not MISSING:
                names[f"default_{name}"] = one.default
                parameters.append(f"{name}=default_{name}")
            else:
                parameters.append(name)
            if not one.init:
                parameters.pop()
                if one.default is MISSING and one.default_factory is MISSING:
                    continue
                value = f"make_{name}()" if one.default is MISSING else f"default_{name}"
            if frozen:
                names[f"set_{name}"] = getattr(cls, name).__set__
                lines.append(f"set_{name}(self, {value})")
            else:
                lines.append(f"self.{name} = {value}")
        if hasattr(cls, "__post_init__"):
            lines.append("self.__post_init__()")
        body = "\n    ".join(lines or ["pass"])
        # Of our own fields' names alone, as the standard library does it.
        exec(f"def __init__({', '.join(parameters)}):\n    {body}", names)  # noqa: S102
        init: Callable[..., None] = names["__init__"]
        init.__qualname__ = f"{cls.__qualname__}.__init__"
        return init

    @recursive_repr()
    def _repr(self: Any) -> str:
        fields = self.__dataclass_fields__.values()
        shown = (f"{one.name}={getattr(self, one.name)!r}" for one in fields if one.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def _eq(self: Any, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self.__compared__(self) == other.__compared__(other)

    def _hash(self: Any) -> int:
        return hash(self.__compared__(self))

    def _comparing(compare: Callable[[Any, Any], bool]) -> Callable[[Any, object], bool]:
        def compared(self: Any, other: object) -> bool:
            if other.__class__ is not self.__class__:
                return NotImplemented
            return compare(self.__compared__(self), other.__compared__(other))

        return compared

    def _set(self: Any, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _delete(self: Any, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def _get_state(self: Any) -> list[object]:
        return [getattr(self, name) for name in self.__dataclass_fields__]

    def _set_state(self: Any, state: list[object]) -> None:
        for name, value in zip(self.__dataclass_fields__, state, strict=True):
            getattr(type(self), name).__set__(self, value)

    # What the standard library asks of bases.
    _PARAMETERS, _FROZEN_PARAMETERS = SimpleNamespace(frozen=False), SimpleNamespace(frozen=True)
    _FROZEN = {
        "__setattr__": _set,
        "__delattr__": _delete,
        "__getstate__": _get_state,
        "__setstate__": _set_state,
    }
    _ORDER = {f"__{compare.__name__}__": _comparing(compare) for compare in (lt, le, gt, ge)}
