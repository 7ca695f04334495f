"""Function and class definitions, and their decorators."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from collections.abc import Mapping as ReadOnlyMapping
from typing import TYPE_CHECKING, Any

from assetgen.analyzer.evaluate.bound_values import KnownMethod
from assetgen.analyzer.evaluate.expressions.annotation_names import check_names
from assetgen.analyzer.evaluate.expressions.annotations import annotated
from assetgen.analyzer.evaluate.frame import Completion, Frame
from assetgen.analyzer.evaluate.functions.calls import call
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.display import display
from assetgen.analyzer.evaluate.objects.metaclasses import create, metaclass_of, own, prepared
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.statements.nested_fields import (
    doubt_annotations,
    doubts_of_fields,
    execute_body,
)
from assetgen.analyzer.evaluate.values import (
    Choice,
    Class,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Mapping,
    Parameterised,
    Sequence,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from assetgen.analyzer.evaluate.machine import Machine
    from assetgen.analyzer.evaluate.site import Site


def defaults_of(machine: Machine, arguments: ast.arguments, frame: Frame) -> dict[str, Value]:
    """The values of parameters with defaults, evaluated where the function is defined."""
    positional = [*arguments.posonlyargs, *arguments.args]
    with_default = positional[len(positional) - len(arguments.defaults) :]
    pairs = [
        *zip(with_default, arguments.defaults, strict=True),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return {
        parameter.arg: machine.evaluate(default, frame)
        for parameter, default in pairs
        if default is not None
    }


def _function(machine: Machine, node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame) -> None:
    decorators = [machine.evaluate(decorator, frame) for decorator in node.decorator_list]
    value: Value
    value = function = Function(
        node,
        frame.scope.closure(),
        frame.module,
        _qualname(frame, node.name),
        defaults_of(machine, node.args, frame),
    )
    for _, annotation in annotated(node):
        check_names(machine, annotation, frame)
    if decorators:
        first = node.decorator_list[0]
        function.decorated = first.lineno, first.col_offset
    for decorator, expression in zip(
        reversed(decorators), reversed(node.decorator_list), strict=True
    ):
        value = _decorate(machine, decorator, value, node, expression, frame)
    machine.bind(frame.scope.target(node.name), node.name, value)


def _qualname(frame: Frame, name: str) -> str:
    if frame.scope.kind == "class":
        return f"{frame.scope.qualname}.{name}"
    if frame.function is not None:
        return f"{frame.function.qualname}.<locals>.{name}"
    return name


def _decorate(
    machine: Machine,
    decorator: Value,
    value: Value,
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
    expression: ast.expr,
    frame: Frame,
) -> Value:
    """Apply one decorator. One that is unknown is taken to keep what it decorates, as with
    `functools.wraps`; around a definition that is reported, since it may have changed it: then
    nothing that the definition says about itself is known."""
    known = not isinstance(decorator, External) or machine.knows(decorator.qualname)
    if (known and not isinstance(decorator, Unknown)) or _may_declare(machine, decorator):
        return call(machine, decorator, (value,), {}, frame.site(node))
    if isinstance(value, Declared):
        cause = decorator.root().message if isinstance(decorator, Unknown) else display(decorator)
        machine.report(
            "unresolved-asset",
            f"{node.name} is decorated by something unknown ({cause}), which may change it",
            frame.site(expression).span,
        )
        row = f"{value.type_name}.__changed__"
        if machine.knows(row):
            return machine.call(KnownMethod(row, value), [], {}, frame.site(expression))
    return value


def _may_declare(machine: Machine, decorator: Value) -> bool:
    name = decorator.qualname if isinstance(decorator, External) else ""
    if isinstance(decorator, Unknown):
        name = decorator.root().maker
    return bool(name) and machine.intrinsics.may_declare(name)


def _class(machine: Machine, node: ast.ClassDef, frame: Frame) -> None:
    decorators = [machine.evaluate(decorator, frame) for decorator in node.decorator_list]
    written, keywords = _header(machine, node, frame)
    bases = _classes_for(machine, node.name, written, frame.site(node))
    qualname = _qualname(frame, node.name)
    metaclass = metaclass_of(bases, keywords)
    begun = prepared(machine, metaclass, node.name, bases, keywords, frame.site(node))
    if begun is None:
        metaclass, begun = None, {}
    generic = [_with_parameters(base, value, frame) for base, value in _written(node, written)]
    if bases != written or generic != written:
        begun["__orig_bases__"] = Sequence("tuple", [*generic])
    declared = (each for each in node.body if isinstance(each, ast.Global))
    shared = frozenset(name for each in declared for name in each.names)
    scope = Scope("class", begun, frame.scope.closure(), shared, qualname=qualname)
    inner = Frame(frame.module, scope, frame.chain, frame.function, frame.condition)
    node = execute_body(machine, node, inner)
    doubts = doubts_of_fields(inner) if inner.annotated else {}
    if doubts and (decorators or not all(map(_is_plain, bases))):
        message = f"which fields the class {node.name} has"
        unknown = machine.unknown("condition", message, frame.site(node), *doubts.values())
        machine.bind(frame.scope.target(node.name), node.name, unknown)
        return
    cls = Class(
        node.name,
        qualname,
        node,
        frame.module,
        frame.scope.closure(),
        tuple(bases),
        scope.names,
        keywords=keywords,
        metaclass=metaclass,
    )
    cls.mro = classes.linearise(cls)
    cls.has_own_rule = classes.lookup(cls, "__getattribute__") is not None
    for member in scope.names.values():
        own(member, cls)
    if doubts:
        doubt_annotations(machine, cls, doubts, frame.site(node))
    value = create(machine, cls, frame.site(node))
    for decorator, expression in zip(
        reversed(decorators), reversed(node.decorator_list), strict=True
    ):
        value = _decorate(machine, decorator, value, node, expression, frame)
    machine.bind(frame.scope.target(node.name), node.name, value)


def _is_plain(base: Value) -> bool:
    """Whether a base makes nothing of annotations, unless it reads them itself."""
    return isinstance(base, Class) and all(isinstance(each, Class) for each in base.mro)


def _header(
    machine: Machine, node: ast.ClassDef, frame: Frame
) -> tuple[list[Value], dict[str, Value]]:
    bases: list[Value] = []
    for base in node.bases:
        value = machine.evaluate(base, frame)
        if isinstance(base, ast.Starred):
            bases.extend(machine.items(value, frame.site(base)).values)
        elif isinstance(value, Choice):
            bases.append(machine.unknown("condition", "which class it is", frame.site(base), value))
        elif isinstance(value, External):
            bases.append(External(machine.intrinsics.canonical(value.qualname)))
        else:
            bases.append(value)
    keywords: dict[str, Value] = {}
    for keyword in node.keywords:
        value = machine.evaluate(keyword.value, frame)
        if keyword.arg is not None:
            keywords[keyword.arg] = value
        elif isinstance(value, Mapping):
            keywords.update(value.text_entries())
    return bases, keywords


def _written(node: ast.ClassDef, bases: list[Value]) -> Iterable[tuple[ast.expr | None, Value]]:
    """The bases and how they are written, if each stands for itself."""
    if len(bases) != len(node.bases) or not any(
        isinstance(base, ast.Subscript) for base in node.bases
    ):
        return [(None, base) for base in bases]
    return zip(node.bases, bases, strict=True)


def _with_parameters(base: ast.expr | None, value: Value, frame: Frame) -> Value:
    """A generic base with the parameters that it is given."""
    if isinstance(base, ast.Subscript) and isinstance(value, (Class, External)):
        return Parameterised(value.qualname, base.slice, frame)
    return value


def _classes_for(machine: Machine, name: str, bases: list[Value], site: Site) -> list[Value]:
    """The bases, with objects among them replaced by the classes that their `__mro_entries__`
    gives."""
    if bases and isinstance(bases[0], Constant):
        data = bases[0].value
        try:
            type(data)(name, (data,), {})  # type: ignore[call-arg]  # as Python makes the class
        except TypeError as error:
            machine.failed("TypeError", str(error), site)
    found: list[Value] = []
    for base in bases:
        method = machine.find_own(base, "__mro_entries__") if isinstance(base, Instance) else None
        if method is None:
            found.append(base)
        else:
            entries = machine.call(method, [base, Sequence("tuple", list(bases))], {}, site)
            found.extend(machine.items(entries, site).values)
    return found


TABLE: ReadOnlyMapping[type[ast.AST], Callable[[Any, Any, Frame], Completion | None]] = {
    ast.FunctionDef: _function,
    ast.AsyncFunctionDef: _function,
    ast.ClassDef: _class,
}
