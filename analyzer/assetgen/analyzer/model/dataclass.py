"""Dataclasses that are cheap to define.

The standard library compiles up to nine methods of a class when the class is defined. For our 300
classes that took as long as importing everything else, though a run uses only a part of them. Here
a method is compiled when it is first called, and `dataclasses`, which imports `inspect`, is only
imported when somebody asks it about one of the classes.

To type checkers, to `dataclasses.fields`, `replace`, `asdict` and `astuple`, and to users of the
classes, they are those of the standard library, always slotted. Only type checkers enforce that a
frozen one is not changed: enforcing it at run time would double the cost of making one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any


def is_dataclass(cls: type) -> bool:
    """Whether a class was made here."""
    return hasattr(cls, "__fields__")


def fields_of(cls: type) -> dict[str, Field[Any]]:
    """The fields of one of our dataclasses, by their names."""
    return cls.__fields__  # type: ignore[attr-defined, no-any-return]


if TYPE_CHECKING:
    from dataclasses import Field
    from dataclasses import dataclass as dataclass  # noqa: TID251
    from dataclasses import field as field
else:
    from collections.abc import Callable
    from functools import cache, partial
    from reprlib import recursive_repr
    from types import FunctionType, SimpleNamespace
    from typing import NamedTuple

    def dataclass(
        *, slots: bool, frozen: bool = False, eq: bool = True, order: bool = False
    ) -> Callable[[type], type]:
        """As `dataclasses.dataclass`; `slots` can only be true, and a field that is no parameter
        has no default: `__post_init__` sets it."""
        assert slots
        return lambda cls: _made(cls, frozen, eq, order)

    MISSING = object()

    class field(NamedTuple):
        """As `dataclasses.field`, and what it gives."""

        default: Any = MISSING
        default_factory: Any = MISSING
        init: bool = True
        repr: bool = True
        compare: bool = True

    def _made(cls: type, frozen: bool, eq: bool, order: bool) -> type:
        fields = _fields(cls)
        members = {"__repr__": _repr, **cls.__dict__, "__fields__": fields}
        members["__dataclass_fields__"] = _STANDARD_FIELDS
        members["__dataclass_params__"] = _FROZEN_PARAMETERS if frozen else _PARAMETERS
        for name in ("__dict__", "__weakref__", *fields):
            members.pop(name, None)
        slotted = {name for base in cls.__mro__ for name in base.__dict__.get("__slots__", ())}
        members["__slots__"] = tuple(name for name in fields if name not in slotted)
        made = type(cls)(cls.__name__, cls.__bases__, members)
        made.__qualname__ = cls.__qualname__
        _put(made, "__init__", partial(_init, made))
        if eq:
            made.__hash__ = None
            compared = [name for name, one in fields.items() if one.compare]
            if frozen:
                _put(made, "__hash__", partial(_hash, compared))
            for name in ("__eq__", *(_ORDER if order else ())):
                if name not in cls.__dict__:
                    _put(made, name, partial(_comparing, name, compared))
        return made

    def _fields(cls: type) -> dict[str, field]:
        """The fields of the bases, and those that are annotated in the class."""
        found: dict[str, field] = {}
        for base in reversed(cls.__mro__[1:]):
            found.update(base.__dict__.get("__fields__", {}))
        for name, annotation in cls.__annotations__.items():
            if not annotation.startswith("ClassVar"):
                default = cls.__dict__.get(name, MISSING)
                found[name] = default if isinstance(default, field) else field(default)
        return found

    class _StandardFields:
        """What the standard library looks for in a dataclass, made when it does."""

        def __get__(self, instance: object, cls: type) -> dict[str, object]:
            import dataclasses as standard

            found: dict[str, object] = {}
            for name, one in cls.__fields__.items():
                said = one._asdict()
                given = {key: each for key, each in said.items() if each is not MISSING}
                made = found[name] = standard.field(**given)
                holder = next(base for base in cls.__mro__ if name in _annotations(base))
                made.name, made.type = name, _annotations(holder)[name]
                made.kw_only, made._field_type = False, standard._FIELD
            cls.__dataclass_fields__ = found
            return found

    _STANDARD_FIELDS = _StandardFields()

    def _annotations(cls: type) -> dict[str, str]:
        return vars(cls).get("__annotations__", {})

    def _put(cls: type, name: str, compiled: Callable[[], Callable[..., Any]]) -> None:
        """Give a class a method that is compiled, and takes its own place, when it is called."""

        def method(*args: Any, **kwargs: Any) -> Any:
            made = compiled()
            made.__qualname__ = f"{cls.__qualname__}.{name}"
            setattr(cls, name, made)
            return made(*args, **kwargs)

        method.__name__ = name
        setattr(cls, name, method)

    def _init(cls: type) -> Callable[..., None]:
        fields = cls.__fields__.values()
        if any(one.default_factory is not MISSING or not one.init for one in fields):
            return _init_of_its_own(cls)
        if hasattr(cls, "__post_init__"):
            return _init_of_its_own(cls)
        names = tuple(cls.__fields__)
        code = _taking(len(names)).__code__.replace(co_varnames=("self", *names), co_names=names)
        defaults = tuple(one.default for one in fields if one.default is not MISSING)
        return FunctionType(code, {}, "__init__", defaults)

    @cache
    def _taking(count: int) -> Callable[..., None]:
        """The `__init__` of a class with so many fields: under other names it is that of another
        class, which takes a tenth of the time to make."""
        names = [f"field_{number}" for number in range(count)]
        lines = [f"self.{name} = {name}" for name in names]
        return _method("__init__", ", ".join(("self", *names)), lines or ["pass"], {})

    def _init_of_its_own(cls: type) -> Callable[..., None]:
        names: dict[str, Any] = {"MISSING": MISSING}
        parameters, lines = ["self"], []
        for name, one in cls.__fields__.items():
            value = name
            if one.default_factory is not MISSING:
                names[f"make_{name}"] = one.default_factory
                value = f"make_{name}() if {name} is MISSING else {name}"
                parameters.append(f"{name}=MISSING")
            elif one.default is not MISSING:
                names[f"default_{name}"] = one.default
                parameters.append(f"{name}=default_{name}")
            elif one.init:
                parameters.append(name)
            else:
                continue
            lines.append(f"self.{name} = {value}")
        if hasattr(cls, "__post_init__"):
            lines.append("self.__post_init__()")
        return _method("__init__", ", ".join(parameters), lines or ["pass"], names)

    def _hash(compared: list[str]) -> Callable[..., int]:
        return _method("__hash__", "self", [f"return hash({_tuple('self', compared)})"], {})

    def _comparing(name: str, compared: list[str]) -> Callable[..., bool]:
        one, other = _tuple("self", compared), _tuple("other", compared)
        lines = [
            "if other.__class__ is self.__class__:",
            f"    return {one} {_OPERATORS[name]} {other}",
            "return NotImplemented",
        ]
        return _method(name, "self, other", lines, {})

    def _tuple(of: str, names: list[str]) -> str:
        return f"({''.join(f'{of}.{name}, ' for name in names)})"

    def _method(
        name: str, parameters: str, lines: list[str], names: dict[str, Any]
    ) -> Callable[..., Any]:
        """Made of the names of our own fields alone, as the standard library does it."""
        body = "\n    ".join(lines)
        exec(f"def {name}({parameters}):\n    {body}", names)  # noqa: S102
        return names[name]

    @recursive_repr()
    def _repr(self: Any) -> str:
        fields = type(self).__fields__.items()
        shown = (f"{name}={getattr(self, name)!r}" for name, one in fields if one.repr)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    # What the standard library expects of base classes.
    _PARAMETERS, _FROZEN_PARAMETERS = SimpleNamespace(frozen=False), SimpleNamespace(frozen=True)
    _ORDER = ("__lt__", "__le__", "__gt__", "__ge__")
    _OPERATORS = {"__eq__": "==", "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
