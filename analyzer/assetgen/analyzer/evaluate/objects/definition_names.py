"""What classes and functions of the project know about themselves: names, annotations, defaults."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.expressions.annotations import annotations_of_function, are_text
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.namespaces import from_names, namespace
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Class,
    Constant,
    External,
    Function,
    Sequence,
    Value,
)
from assetgen.analyzer.syntax.bodies import docstring_of

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine


def _annotations(machine: Machine, cls: Class) -> Value:
    """The annotations of a class's own body, made once: strings, if its module postpones them."""
    own = cls.namespace.get("__annotations__")
    if own is not None:
        return own
    names: dict[str, Value]
    if not are_text(cls.module):
        names = classes.annotations_of(machine, cls)
    else:
        names = {
            statement.target.id: Constant(ast.unparse(statement.annotation))
            for statement in cls.node.body
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name)
        }
    cls.namespace["__annotations__"] = made = from_names(names)
    made.age = 0  # it was there before any condition under which it is read first
    return made


def _docstring_of_class(machine: Machine, cls: Class) -> Value:
    """What is written, or of a dataclass without one, how it is called."""
    text = ast.get_docstring(cls.node, clean=False)
    if text is not None or "dataclasses.dataclass" not in cls.decorations:
        return Constant(text)
    site = Site(cls.module, cls.node)
    signature = machine.call(External("inspect.signature"), [cls], {}, site)
    shown = machine.call(External("builtins.str"), [signature], {}, site)
    if not isinstance(shown, Constant):
        return shown
    return Constant(f"{cls.name}{str(shown.value).removesuffix(' -> None')}")


CLASS_ATTRIBUTES: ReadOnlyMapping[str, Callable[[Any, Class], Value]] = {
    "__name__": lambda machine, cls: Constant(cls.name),
    "__qualname__": lambda machine, cls: Constant(cls.qualname),
    "__module__": lambda machine, cls: Constant(cls.module.name),
    "__doc__": lambda machine, cls: _docstring_of_class(machine, cls),
    "__dict__": lambda machine, cls: from_names(
        {**cls.namespace, **({"__dataclass_fields__": cls} if cls.decorations else {})}
    ),
    "__bases__": lambda machine, cls: Sequence("tuple", list(cls.bases)),
    "__mro__": lambda machine, cls: Sequence("tuple", [*cls.mro, External("builtins.object")]),
    "__annotations__": _annotations,
    "mro": lambda machine, cls: KnownMethod("builtins.type.mro", cls),
    "__subclasses__": lambda machine, cls: KnownMethod("builtins.type.__subclasses__", cls),
    "__class__": lambda machine, cls: cls.metaclass or External("builtins.type"),
    "__abstractmethods__": lambda machine, cls: Sequence(
        "frozenset", [Constant(name) for name in sorted(classes.abstract_names(cls))]
    ),
}


def _docstring(machine: Machine, value: Function) -> Value:
    if isinstance(value.node, ast.Lambda):
        return NONE
    return Constant(docstring_of(value.node))


FUNCTION_ATTRIBUTES: ReadOnlyMapping[str, Callable[[Any, Function], Value]] = {
    "__name__": lambda machine, function: Constant(function.name),
    "__qualname__": lambda machine, function: Constant(function.qualname),
    "__module__": lambda machine, function: Constant(function.module.name),
    "__doc__": _docstring,
    "__dict__": lambda machine, function: namespace(function.attributes),
    "__class__": lambda machine, function: External("types.FunctionType"),
    "__annotations__": annotations_of_function,
    "__globals__": lambda machine, function: machine.namespace(function.module),
    "__defaults__": lambda machine, function: _defaults(function, positional=True),
    "__kwdefaults__": lambda machine, function: _defaults(function, positional=False),
}


def _defaults(function: Function, positional: bool) -> Value:
    arguments = function.node.args
    if positional:
        names = [each.arg for each in (*arguments.posonlyargs, *arguments.args)]
        values = [function.defaults[name] for name in names if name in function.defaults]
        return Sequence("tuple", values) if values else NONE
    named = [each.arg for each in arguments.kwonlyargs if each.arg in function.defaults]
    return from_names({name: function.defaults[name] for name in named}) if named else NONE
