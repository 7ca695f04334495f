"""The names under which the fields of a model are given and written: their own, aliases, generated
ones."""

from __future__ import annotations

import re
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import NONE, Class, Constant, Record, Unknown, Value
from assetgen.analyzer.intrinsics.python.classes.fields import ClassField, FieldSpec
from assetgen.analyzer.intrinsics.python.plain import lost, pure
from assetgen.analyzer.intrinsics.python.pydantic.model_options import option_of


def given_value(
    call: Call, item: ClassField, given: ReadOnlyMapping[str, Value], generator: Value | None
) -> Value | None:
    """The value given for a field, under the first of its names that is among those given.

    None if none is given, and unknown if its names are not known. `generator` is the alias
    generator of the class, see `generator_of`.
    """
    if generator is None and type(item.value) is not FieldSpec:
        return given.get(item.name)
    for alias in aliases_of(call, item, READ, generator):
        if isinstance(alias, Unknown):
            return given.get(item.name) or alias
        if alias in given:
            return given[alias]
    return given.get(item.name)


def written_name(call: Call, cls: Class, item: ClassField) -> str | Unknown:
    """The name of a field where it is written by alias."""
    return next(iter(aliases_of(call, item, _WRITTEN, generator_of(cls))), item.name)


def generator_of(cls: Class) -> Value | None:
    """The alias generator of a class, if it has one."""
    found = option_of(cls, "alias_generator")
    return None if found == NONE else found


def aliases_of(
    call: Call, item: ClassField, options: tuple[str, ...], generator: Value | None
) -> list[str | Unknown]:
    """The aliases in the options of a field, in order, or else the generated one."""
    found: list[str | Unknown] = []
    for option in options:
        alias = item.spec.options.get(option)
        if isinstance(alias, Constant) and isinstance(alias.value, str):
            found.append(alias.value)
        elif isinstance(alias, Record) and alias.qualname == _CHOICES:
            found.extend(_name(call, each) for each in alias.args)
        elif alias is not None and alias != NONE:
            found.append(_name(call, alias))
    if generator is not None and not found:
        made = call.invoke(generator, Constant(item.name))
        found.append(_name(call, made))
    return found


def _name(call: Call, value: Value) -> str | Unknown:
    if isinstance(value, Constant) and isinstance(value.value, str):
        return value.value
    return lost(call, value)


READ: Final = ("validation_alias", "alias")
_WRITTEN: Final = ("serialization_alias", "alias")
_CHOICES: Final = "pydantic.AliasChoices"


def _choices(call: Call) -> Value:
    return Record(_CHOICES, {}, call.args)


def to_pascal(snake: str) -> str:
    """As in `pydantic.alias_generators`."""
    return re.sub(r"([0-9A-Za-z])_(?=[0-9A-Z])", r"\1", snake.title())


def to_camel(snake: str) -> str:
    """As in `pydantic.alias_generators`."""
    if re.match(r"[a-z]+[A-Za-z0-9]*$", snake) and not re.search(r"\d[a-z]+", snake):
        return snake
    return re.sub(r"^_*[A-Z]", lambda found: found.group().lower(), to_pascal(snake))


def to_snake(camel: str) -> str:
    """As in `pydantic.alias_generators`."""
    for ends in (r"([A-Z]+)([A-Z][a-z])", r"([a-z])([A-Z])", r"([0-9])([A-Z])", r"([a-z])([0-9])"):
        camel = re.sub(ends, r"\1_\2", camel)
    return camel.replace("-", "_").lower()


TABLE: Final[ReadOnlyMapping[str, Intrinsic]] = {
    _CHOICES: _choices,
    "pydantic.alias_generators.to_camel": pure(to_camel),
    "pydantic.alias_generators.to_pascal": pure(to_pascal),
    "pydantic.alias_generators.to_snake": pure(to_snake),
}
