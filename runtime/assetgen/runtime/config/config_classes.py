"""Configuration as classes: annotated fields, checked when an instance is made.

::

    class Source(Config):
        url: str
        retries: int = 3

``Source(url="...")`` has both fields; a missing, unknown or wrongly typed one is a ValueError.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from enum import Enum
from types import SimpleNamespace
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints

from assetgen.runtime.config.config_validators import (
    OutsideLimits,
    check_whole,
    checked_field,
    checked_values,
)
from assetgen.runtime.config.config_values import is_written, taken
from assetgen.runtime.config.private_attributes import own_default, take_private
from assetgen.runtime.types.type_checks import conforms


class EnvVar(str):
    """The name of an environment variable, read when the resource that holds it starts."""

    __slots__ = ()

    @staticmethod
    def int(name: str) -> "EnvVar":
        """A variable that holds a whole number."""
        return WholeNumberEnvVar(name)

    def get_value(self, default: str | None = None) -> Any:
        """The variable's value, or the default if it is not set."""
        return os.environ.get(str(self), default)

    def read(self) -> Any:
        """The variable's value; ValueError if it is not set."""
        value = self.get_value()
        if value is None:
            raise ValueError(f"the environment variable {self!s} is not set")
        return value


class WholeNumberEnvVar(EnvVar):
    """The name of an environment variable that holds a whole number."""

    __slots__ = ()

    def read(self) -> Any:
        """The number; ValueError if the variable is not set or holds none."""
        return int(super().read())


class Config:
    """Base of configuration classes. Instances are not changed once they are made."""

    allows_extra: ClassVar[bool] = False
    __private_attributes__: ClassVar[Mapping[str, Any]] = {}

    def __init_subclass__(cls, **keywords: Any) -> None:
        """What a class body says of private names is each instance's own."""
        super().__init_subclass__(**keywords)
        cls.__private_attributes__ = {**cls.__private_attributes__, **take_private(cls)}

    def __init__(self, **values: Any) -> None:
        """Each field from `values` or its default."""
        cls = type(self)
        fields = config_fields(cls)
        values = checked_values(cls, values)
        for name, annotation in fields.items():
            if isinstance(values.get(name), EnvVar):
                given = values[name]
            elif name in values:
                given = checked_field(cls, name, values[name], "before", vars(self))
                field = getattr(cls, name, None) or default_within(annotation)
                given = fitted(name, chosen(given, field), annotation)
                refuse_outside(name, given, getattr(cls, name, None))
                given = checked_field(cls, name, given, "after", vars(self))
            else:
                given = default_of(cls, name)
            object.__setattr__(self, name, given)
        for name in values.keys() - fields.keys():
            if not self.allows_extra:
                raise ValueError(f'there is no field "{name}"')
            object.__setattr__(self, name, values[name])
        for name, default in self.__private_attributes__.items():
            if (given := own_default(default)) is not ...:
                object.__setattr__(self, name, given)
        self.model_post_init(None)
        if not any(isinstance(each, EnvVar) for each in vars(self).values()):
            check_whole(self)

    def model_post_init(self, context: Any) -> None:
        """Called when all fields are there."""

    @classmethod
    def configured(cls, values: Mapping[str, Any], entry: Mapping[str, Any]) -> "Config":
        """An instance with values of an entry of a run's configuration."""
        written = entry.get("config") or {}
        # What the environment says is text, whatever it is for.
        if isinstance(written, Mapping):
            cls.check_written({n: v for n, v in values.items() if v is written[n]})
        return cls(**values)

    @classmethod
    def check_written(cls, values: Mapping[str, Any]) -> None:
        """ValueError if values of a run's configuration would have to be taken for others."""
        for name, annotation in config_fields(cls).items():
            if name in values and not is_written(values[name], annotation):
                raise ValueError(f'field "{name}" is {values[name]!r}, not {annotation}')

    def __setattr__(self, name: str, value: Any) -> None:
        """Fields stay what they are."""
        if name in config_fields(type(self)):
            raise AttributeError(f'field "{name}" of {type(self).__name__} cannot be changed')
        object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        """Instances of one class with equal fields are equal."""
        return type(other) is type(self) and vars(other) == vars(self)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """The call that makes the instance."""
        fields = ", ".join(f"{n}={getattr(self, n)!r}" for n in config_fields(type(self)))
        return f"{type(self).__name__}({fields})"

    def model_dump(
        self,
        *,
        mode: str = "python",
        include: Any = None,
        exclude: Any = (),
        exclude_none: bool = False,
    ) -> dict[str, Any]:
        """The fields as a dict, configurations within it too, and what else was given.

        With the mode ``json`` it is what JSON can say.
        """
        names = [*config_fields(type(self))]
        if self.allows_extra:
            names += [name for name in vars(self) if name not in names and name[0] != "_"]
        return {
            name: dumped(value, mode=mode, exclude_none=exclude_none)
            for name in names
            if (include is None or name in include) and name not in (exclude or ())
            for value in [getattr(self, name)]
            if not (exclude_none and value is None)
        }

    def model_dump_json(self, *, indent: int | None = None, **options: Any) -> str:
        """The fields as JSON."""
        apart = (",", ":") if indent is None else None
        made = self.model_dump(mode="json", **options)
        return json.dumps(made, indent=indent, separators=apart, ensure_ascii=False)

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Any:
        """An instance with the same fields, but for some, which are not looked at."""
        copied = object.__new__(type(self))
        vars(copied).update({**vars(self), **(update or {})})
        return copied

    def dict(self) -> Any:
        """The fields as a dict."""
        return self.model_dump()

    def to_config(self) -> Any:
        """The fields as they stand in a run's configuration."""
        return self.model_dump()


class PermissiveConfig(Config):
    """A configuration that takes any further field."""

    allows_extra: ClassVar[bool] = True


class Field:
    """A field of a configuration: its type or default, and what it is for.

    In a ``config_schema`` the first argument is the type; in a class body it is the default,
    ``...`` for none.
    """

    def __init__(
        self,
        config: Any = ...,
        default_value: Any = ...,
        is_required: bool | None = None,
        description: str | None = None,
        *,
        default: Any = ...,
        default_factory: Any = None,
        **constraints: Any,
    ) -> None:
        """`constraints` are ``gt``, ``ge``, ``lt``, ``le``, ``multiple_of``, ``min_length``,
        ``max_length`` and ``pattern``; others are not heeded."""
        self.config = config
        self.default_value = default_value
        self.default = config if default is ... else default
        self.default_factory = default_factory
        self.has_default = default_value is not ...
        self.is_required = not self.has_default if is_required is None else is_required
        self.description = description
        self.constraints = constraints


def config_fields(cls: type) -> dict[str, Any]:
    """The fields of a configuration class with their annotations, those of its bases first."""
    hints = get_type_hints(cls, include_extras=True)
    return {
        name: annotation
        for name, annotation in hints.items()
        if get_origin(annotation) is not ClassVar and not name.startswith("_")
    }


def default_of(cls: type, name: str) -> Any:
    """A new copy of a field's default; ValueError if it has none."""
    default = getattr(cls, name, ...)
    if default is ...:
        default = default_within(config_fields(cls)[name])
    made = own_default(default)
    if made is ...:
        raise ValueError(f'field "{name}" is missing')
    return made


def fitted(name: str, value: Any, annotation: Any) -> Any:
    """A value as the annotation wants it; ValueError if it does not fit.

    Mappings become configurations, names members of enumerations, what is written a number.
    """
    if isinstance(value, EnvVar):
        return value
    origin = get_origin(annotation)
    if origin is Annotated:
        return annotated(name, fitted(name, value, get_args(annotation)[0]), annotation)
    if origin is Literal:
        if value not in get_args(annotation):
            raise ValueError(f'field "{name}" is {value!r}, not one of {get_args(annotation)}')
        return value
    if origin in (Union, type(int | None)):
        for choice in get_args(annotation):
            try:
                return fitted(name, value, choice)
            except ValueError:
                continue
        raise ValueError(f'field "{name}" is {value!r}, which does not fit')
    if isinstance(annotation, type):
        if issubclass(annotation, Config) and isinstance(value, Mapping):
            return annotation(**value)
        if issubclass(annotation, Enum) and not isinstance(value, annotation):
            return member_of(name, value, annotation)
        try:
            value = taken(value, annotation)
        except ValueError:
            raise ValueError(f'field "{name}" is {value!r}, not {annotation}') from None
    if origin is list and isinstance(value, (list, tuple, set, frozenset, range)):
        return [fitted(name, element, get_args(annotation)[0]) for element in value]
    if origin is dict and isinstance(value, Mapping):
        outer, inner = get_args(annotation)
        return {fitted(name, k, outer): fitted(name, v, inner) for k, v in value.items()}
    if not conforms(value, annotation):
        raise ValueError(f'field "{name}" is {value!r}, not {annotation}')
    return value


def chosen(value: Any, field: Any) -> Any:
    """A choice written as ``{kind: fields}`` with its kind among the fields, where a field says
    what that is called."""
    tag = getattr(field, "discriminator", None)
    tag = tag or getattr(field, "constraints", {}).get("discriminator")
    if tag and isinstance(value, Mapping) and len(value) == 1 and tag not in value:
        ((kind, fields),) = value.items()
        return {tag: kind, **fields} if isinstance(fields, Mapping) else value
    return value


def annotated(name: str, value: Any, annotation: Any) -> Any:
    """A value of the right type as what stands beside the type wants it; OutsideLimits if it does
    not. Pydantic is asked where it is there to say it."""
    pydantic = sys.modules.get("pydantic")
    if any(getattr(extra, "discriminator", None) for extra in get_args(annotation)[1:]):
        return value  # one of our own classes
    if pydantic is None:
        for extra in get_args(annotation)[1:]:
            refuse_outside(name, value, SimpleNamespace(metadata=(extra,)))
        return value
    adapter = pydantic.TypeAdapter(annotation, config={"arbitrary_types_allowed": True})
    try:
        return adapter.validate_python(value)
    except ValueError as error:
        raise OutsideLimits(f'field "{name}" is {value!r}: {error}') from error


def default_within(annotation: Any) -> Any:
    """The default that a field has beside its type, `...` if none."""
    if get_origin(annotation) is Annotated:
        for extra in get_args(annotation)[1:]:
            if hasattr(extra, "default") and hasattr(extra, "default_factory"):
                return extra
    return ...


def refuse_outside(name: str, value: Any, field: Any) -> None:
    """OutsideLimits if a value is outside of what a field allows.

    `field` is what stands in the class body: a `Field`, pydantic's own, or a plain default.
    """
    found = dict(getattr(field, "constraints", {}))
    for each in getattr(field, "metadata", ()):
        found.update({key: getattr(each, key, None) for key in LIMITS if hasattr(each, key)})
    if value is None or isinstance(value, EnvVar):
        return
    for key, limit in found.items():
        if key in LIMITS and limit is not None and not LIMITS[key](value, limit):
            raise OutsideLimits(f'field "{name}" is {value!r}, against {key}={limit!r}')


def member_of(name: str, value: Any, enumeration: type[Enum]) -> Enum:
    """The member of an enumeration with that name or value."""
    for member in enumeration:
        if value in (member.name, member.value):
            return member
    raise ValueError(f'field "{name}" is {value!r}, which is not in {enumeration.__name__}')


def dumped(value: Any, **options: Any) -> Any:
    """A field's value as plain data."""
    if isinstance(value, Config):
        return value.model_dump(**options)
    if isinstance(value, list):
        return [dumped(element, **options) for element in value]
    if isinstance(value, dict):
        return {key: dumped(element, **options) for key, element in value.items()}
    return value.value if isinstance(value, Enum) and options["mode"] == "json" else value


LIMITS: dict[str, Callable[[Any, Any], bool]] = {
    "ge": lambda value, limit: value >= limit,
    "gt": lambda value, limit: value > limit,
    "le": lambda value, limit: value <= limit,
    "lt": lambda value, limit: value < limit,
    "max_length": lambda value, limit: len(value) <= limit,
    "min_length": lambda value, limit: len(value) >= limit,
    "multiple_of": lambda value, limit: value % limit == 0,
    "pattern": lambda value, limit: re.search(limit, value) is not None,
}
