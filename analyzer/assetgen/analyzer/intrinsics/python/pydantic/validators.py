"""The project's validators in pydantic models: the fields they apply to, and their results."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from assetgen.analyzer.evaluate.bound_values import Descriptor
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.values import Class, Function, Instance, Mapping, Unknown, Value
from assetgen.analyzer.intrinsics.python.classes.fields import as_mapping, last_name
from assetgen.analyzer.model.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Validator:
    """A method `name` that validates `fields`, "*" for all, none for the whole model.

    `mode` is "before", "after", "plain" or "wrap". `is_always` if it validates defaults, too;
    `is_old` for one of pydantic 1, which for a whole model takes and returns a dictionary of all
    values; `is_each` if it validates the items of a collection.
    """

    name: str
    fields: tuple[str, ...]
    mode: str
    is_always: bool = False
    is_old: bool = False
    is_each: bool = False

    def is_of(self, field: str, was_given: bool) -> bool:
        return ("*" in self.fields or field in self.fields) and (was_given or self.is_always)


def validators_of(cls: Class) -> tuple[Validator, ...]:
    """The validators of a model, inherited ones first."""
    found: dict[str, Validator] = {}
    for base in reversed(cls.mro):
        if isinstance(base, Class):
            found.update((validator.name, validator) for validator in _own_validators(base.node))
    return tuple(found.values())


@lru_cache(maxsize=512)
def _own_validators(node: ast.ClassDef) -> tuple[Validator, ...]:
    """The validators in the body of a class, cached since they are needed for each instance."""
    found: dict[str, Validator] = {}
    for statement in node.body:
        name = getattr(statement, "name", "")
        for decorator in getattr(statement, "decorator_list", ()):
            validator = _validator(name, decorator)
            if validator is not None:
                found[name] = validator
    return tuple(found.values())


def _validator(name: str, decorator: ast.expr) -> Validator | None:
    call = decorator if isinstance(decorator, ast.Call) else None
    kind = last_name(call.func if call is not None else decorator)
    options = {
        option.arg: option.value.value
        for option in (call.keywords if call is not None else ())
        if option.arg is not None and isinstance(option.value, ast.Constant)
    }
    mode = str(options.get("mode", "before" if options.get("pre") else "after"))
    if kind in ("field_validator", "validator") and call is not None:
        names = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        fields = tuple(str(field) for field in names)
        always, each = bool(options.get("always")), bool(options.get("each_item"))
        return Validator(name, fields, mode, always, kind == "validator", each)
    if kind in ("model_validator", "root_validator"):
        return Validator(name, (), mode, is_old=kind == "root_validator")
    return None


def validated(
    call: Call,
    cls: Class,
    validators: Iterator[Validator],
    value: Value,
    field: str,
    others: dict[str, Value],
) -> Value:
    """The value of a field after its validators; `others` are the preceding fields."""
    for validator in validators:
        function = _function_of(cls, validator)
        if function is None or validator.mode in ("plain", "wrap") or validator.is_each:
            message = f"what the validator of {cls.name}.{field} makes of it"
            return call.unknown("unsupported", message, value)
        arguments: list[Value] = [cls, value]
        named = [each.arg for each in function.node.args.args]
        for name in named[2:]:
            known = as_mapping(call, others) if name == "values" else None
            message = f"what a validator is told of the field {field!r}"
            arguments.append(known or call.unknown("unsupported", message))
        value = call.invoke(function, *arguments)
    return value


def before_model(
    call: Call, cls: Class, validators: tuple[Validator, ...], given: dict[str, Value]
) -> dict[str, Value] | Unknown:
    """The arguments of a model after the validators of the whole model that run before."""
    for validator in validators:
        if validator.fields or validator.mode == "after":
            continue
        function = _function_of(cls, validator)
        if function is None or validator.mode != "before":
            return call.unknown("unsupported", f"what the validator of {cls.name} makes of it")
        made = call.invoke(function, cls, as_mapping(call, given))
        if not isinstance(made, Mapping) or made.losses:
            return call.unknown(
                "unsupported", f"what the validator of {cls.name} makes of it", made
            )
        given = dict(made.text_entries())
    return given


def after_model(
    call: Call, cls: Class, validators: tuple[Validator, ...], instance: Instance
) -> Instance:
    """A model after the validators of the whole model that run after."""
    for validator in validators:
        if validator.fields or validator.mode != "after":
            continue
        function = _function_of(cls, validator)
        if function is None:
            continue
        if validator.is_old:
            values = as_mapping(call, instance.attributes)
            made = call.invoke(function, cls, values)
            if isinstance(made, Mapping):
                instance.attributes.update(made.text_entries())
                continue
        else:
            made = call.invoke(function, instance)
            if isinstance(made, Instance):
                instance = made
                continue
        for name, value in instance.attributes.items():
            message = f"what the validator of {cls.name}.{name} makes of it"
            instance.attributes[name] = call.unknown("unsupported", message, value, made)
    return instance


def _function_of(cls: Class, validator: Validator) -> Function | None:
    found = classes.lookup(cls, validator.name)
    member = found[1] if found is not None else None
    if isinstance(member, Descriptor):
        member = member.function
    return member if isinstance(member, Function) else None
