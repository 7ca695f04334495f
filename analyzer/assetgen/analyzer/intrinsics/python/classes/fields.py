"""Common parts of classes with annotated fields: data classes, models, named tuples."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from typing import ClassVar

from assetgen.analyzer.evaluate.bound_values import Descriptor
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.doubts import may_be_absent
from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    Declared,
    Function,
    Instance,
    Mapping,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.python.plain import lost
from assetgen.analyzer.intrinsics.python.texts.formatting import Lost, repr_of
from assetgen.analyzer.model.dataclass import dataclass, field

MAKER = "<maker>"
"""The option of a field whose default a method of the object computes."""


@dataclass(slots=True, eq=False)
class FieldSpec(Declared):
    """`field(...)`, `Field(...)` or `attr.ib(...)`: the arguments by name."""

    type_name: ClassVar[str] = "dataclasses.Field"
    options: dict[str, Value] = field(default_factory=dict)
    field_name: str = ""

    def attribute(self, name: str) -> Value | None:
        if name == "name":
            return Constant(self.field_name)
        return self.options.get(name)

    def flag(self, name: str, otherwise: bool) -> bool:
        """An option that is a boolean."""
        value = self.options.get(name)
        return bool(value.value) if isinstance(value, Constant) else otherwise


@dataclass(frozen=True, slots=True)
class ClassField:
    """A field: its name, its annotation, and the value assigned in the body of the class."""

    name: str
    annotation: ast.expr
    owner: Class
    value: Value | None

    @property
    def spec(self) -> FieldSpec:
        """Its options; empty if a plain default was assigned."""
        return self.value if isinstance(self.value, FieldSpec) else FieldSpec()

    @property
    def default(self) -> Value | None:
        """The default, assigned directly or as an option."""
        if isinstance(self.value, FieldSpec):
            return self.value.options.get("default")
        return self.value

    @property
    def factory(self) -> Value | None:
        """The function that makes the default, if there is one."""
        options = self.spec.options
        return options.get("default_factory") or options.get("factory")

    @property
    def is_required(self) -> bool:
        """Whether a value must be given."""
        has_maker = isinstance(self.value, FieldSpec) and MAKER in self.value.options
        return self.default is None and self.factory is None and not has_maker

    def annotated_as(self, name: str) -> bool:
        """Whether its annotation is `name` or `name[...]`, qualified or not."""
        return _is_named(self.annotation, name)


def last_name(node: ast.expr) -> str:
    """The last part of a dotted name, or the source text of another expression."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return ast.unparse(node).rpartition(".")[2]


def _is_named(node: ast.expr, name: str) -> bool:
    if isinstance(node, ast.Subscript):
        node = node.value
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.partition("[")[0].rpartition(".")[2].strip() == name
    return name == (node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None))


def fields_of(cls: Class, is_base: Callable[[Class], bool]) -> dict[str, ClassField]:
    """The fields of a class and of its bases with fields, in Python's order."""
    found: dict[str, ClassField] = {}
    for base in reversed(cls.mro):
        if isinstance(base, Class) and is_base(base):
            found.update(own_fields(base))
    return {
        name: item for name, item in found.items() if name not in _variables_of(item.owner.node)
    }


def own_fields(cls: Class) -> dict[str, ClassField]:
    """The annotated names in the class's own body."""
    found: dict[str, ClassField] = {}
    for name, statement in _annotated(cls.node):
        value = cls.namespace.get(name)
        if isinstance(value, (Function, Descriptor)) and statement.value is None:
            value = None
        found[name] = ClassField(name, statement.annotation, cls, value)
    return found


@lru_cache(maxsize=512)
def _annotated(node: ast.ClassDef) -> tuple[tuple[str, ast.AnnAssign], ...]:
    """The annotations in the body of a class, cached since they are needed for each instance of a
    model."""
    return tuple(
        (statement.target.id, statement)
        for statement in node.body
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
    )


@lru_cache(maxsize=512)
def _variables_of(node: ast.ClassDef) -> frozenset[str]:
    """The annotated names that are variables of the class rather than fields."""
    annotations = {name: statement.annotation for name, statement in _annotated(node)}
    return frozenset(name for name, one in annotations.items() if _is_named(one, "ClassVar"))


def bind_fields(
    call: Call,
    cls: Class,
    positional: list[str],
    names: dict[str, bool],
) -> dict[str, Value]:
    """The arguments of a call of the class by field; `names` are all fields and if required."""
    if len(call.args) > len(positional):
        raise Raised("builtins.TypeError", _too_many(cls, positional, names, len(call.args)))
    given = dict(zip(positional, call.args, strict=False))
    for name, value in call.kwargs.items():
        if name in given:
            message = f"{cls.name}.__init__() got multiple values for argument '{name}'"
            raise Raised("builtins.TypeError", message)
        if name in names:
            given[name] = value
        elif not may_be_absent(value):
            message = f"{cls.name}.__init__() got an unexpected keyword argument '{name}'"
            raise Raised("builtins.TypeError", message)
    missing = [name for name, required in names.items() if required and name not in given]
    if missing and not call.losses:
        raise Raised("builtins.TypeError", _too_few(cls, positional, missing))
    for name in names if call.losses else ():
        if name not in given:
            given[name] = lost(call, *call.losses)
    return given


def _too_many(cls: Class, positional: list[str], names: dict[str, bool], count: int) -> str:
    """The error for too many arguments, counted as Python does, including the object itself."""
    most = len(positional) + 1
    least = sum(names.get(name, False) for name in positional) + 1
    takes = str(most) if least == most else f"from {least} to {most}"
    plural = "" if takes == "1" else "s"
    return (
        f"{cls.name}.__init__() takes {takes} positional argument{plural} "
        f"but {count + 1} were given"
    )


def _too_few(cls: Class, positional: list[str], missing: list[str]) -> str:
    by_place = [name for name in missing if name in positional]
    kind = "positional" if by_place else "keyword-only"
    named = [repr(name) for name in by_place or missing]
    shown = named[-1]
    if len(named) > 1:
        comma = "," if len(named) > 2 else ""
        shown = f"{', '.join(named[:-1])}{comma} and {shown}"
    plural = "" if len(named) == 1 else "s"
    count = len(named)
    return f"{cls.name}.__init__() missing {count} required {kind} argument{plural}: {shown}"


def default_of(call: Call, class_field: ClassField) -> Value:
    """The default of a field for which no argument was given."""
    if class_field.factory is not None:
        return call.invoke(class_field.factory)
    if class_field.default is not None:
        return class_field.default
    return lost(call)


def with_changes(call: Call, instance: Instance, changes: dict[str, Value]) -> Instance:
    """A copy of an instance with other values for some attributes."""
    attributes = {**instance.attributes, **changes}
    return Instance(instance.cls, attributes, instance.args, instance.kwargs, call.site)


def described(
    call: Call, instance: Instance, names: list[str], apart: str = ", ", is_named: bool = True
) -> Value:
    """`Name(field=value, ...)`; without a name, only the contents of the parentheses."""
    try:
        parts = [
            f"{name}={repr_of(call.machine, instance.attributes[name], call.site)}"
            for name in names
            if name in instance.attributes
        ]
    except Lost as error:
        cause = error.value if isinstance(error.value, Unknown) else instance
        return lost(call, cause)
    inner = apart.join(parts)
    return Constant(f"{instance.cls.qualname}({inner})" if is_named else inner)


def as_mapping(call: Call, names: dict[str, Value]) -> Mapping:
    """A dictionary with strings as keys."""
    mapping = Mapping()
    for name, value in names.items():
        key = Constant(name)
        mapping.entries[call.machine.hash_key(key)] = (key, value)
    return mapping


def run_method(call: Call, instance: Instance, name: str, args: list[Value]) -> bool:
    """Calls a method of the project's if the class has it; returns whether it does."""
    found = classes.lookup(instance.cls, name)
    if found is None or not isinstance(found[1], Function):
        return False
    call.invoke(found[1], instance, *args)
    return True
