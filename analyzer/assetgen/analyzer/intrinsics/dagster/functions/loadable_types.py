"""Inputs of ops that the configuration of a run cannot give, since their types have no loader."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from collections.abc import Mapping as ReadOnlyMapping
from typing import Final

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects.outside import class_of_python
from assetgen.analyzer.evaluate.values import NONE, Class, External, Record, Value
from assetgen.analyzer.intrinsics.dagster.declared.graphs import GraphValue, OpValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import InValue
from assetgen.analyzer.intrinsics.dagster.functions.signature import (
    Parameter,
    Signature,
    annotation_of,
    annotation_text,
)
from assetgen.analyzer.model.steps import GraphInputSource, Input
from assetgen.analyzer.syntax.annotations import alternatives, unquoted


def unloadable_inputs(
    call: Call, signature: Signature, inputs: Iterable[Input], ins: ReadOnlyMapping[str, InValue]
) -> tuple[str, ...]:
    """The names of the inputs of an op that certainly only another node can give."""
    parameters = {parameter.name: parameter for parameter in signature.parameters}
    return tuple(
        one.name
        for one in inputs
        if not (one.is_nothing or one.has_default or one.input_manager_key)
        and one.name in parameters
        and _is_unloadable(call, signature, parameters[one.name], ins.get(one.name))
    )


def check_given(call: Call, graph: GraphValue, used_as: str) -> None:
    """Report inputs of the ops in a graph, and in graphs within it, that nothing gives.

    `used_as` says what the graph is run as.
    """
    if graph.is_partial or graph.is_wrong:
        return
    for invoked in graph.invocations:
        definition, given = invoked.definition, dict(invoked.inputs)
        if isinstance(definition, GraphValue):
            check_given(call, definition, used_as)
        for name, shown in _unloadable(definition).items():
            if name not in given and name not in invoked.loaded:
                message = (
                    f"nothing gives `{invoked.name}` its input `{name}` in {used_as}: "
                    f"no configuration can, as it is a `{shown}`"
                )
                call.report("op-arity", message, invoked.site)


def _unloadable(definition: OpValue | GraphValue) -> dict[str, str]:
    """The inputs that no configuration can give, and how they are annotated."""
    if isinstance(definition, OpValue):
        shown = {one.name: one.annotation or "type without a loader" for one in definition.inputs}
        return {name: shown[name] for name in definition.unloadable_inputs}
    return {
        source.name: found[name]
        for invoked in definition.invocations
        if (found := _unloadable(invoked.definition))
        for name, source in invoked.inputs
        if name in found and isinstance(source, GraphInputSource)
    }


def _is_unloadable(
    call: Call, signature: Signature, parameter: Parameter, given: InValue | None
) -> bool:
    if given is not None and given.type_value != NONE:
        return _has_no_loader(given.type_value)
    if given is not None and given.names_asset:
        return False
    node = parameter.annotation
    written = unquoted(node) if isinstance(node, ast.expr) else None
    if written is None or annotation_text(node) is None:
        return False
    return _of_annotation(call, signature, written)


def _of_annotation(call: Call, signature: Signature, node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        others = [one for one in alternatives(node) if ast.unparse(one) != "None"]
        return len(others) == 1 and _of_annotation(call, signature, others[0])
    if isinstance(node, ast.Subscript):
        base = annotation_of(call, signature, node.value)
        if isinstance(base, External) and base.qualname in _DICTIONARIES:
            items = node.slice.elts if isinstance(node.slice, ast.Tuple) else []
            return any(_of_annotation(call, signature, item) for item in items)
        is_wrapper = isinstance(base, External) and base.qualname in _WRAPPERS
        return is_wrapper and _of_annotation(call, signature, node.slice)
    if isinstance(node, (ast.Name, ast.Attribute)):
        return _has_no_loader(annotation_of(call, signature, node))
    return False


def _has_no_loader(value: Value) -> bool:
    """Whether Dagster certainly cannot make anything of the type from configuration.

    A class of the project may be made a Dagster type by a decorator, which may load it.
    """
    if isinstance(value, Class):
        decorators = [
            decorator for base in value.mro if isinstance(base, Class) for decorator in _names(base)
        ]
        is_plain = all(name in _PLAIN_DECORATORS for name in decorators)
        return is_plain and _MARK not in value.namespace and all(map(_is_known, value.mro))
    if isinstance(value, Record) and value.qualname in _TYPES:
        return not value.losses and len(value.args) <= 3 and "loader" not in value.fields
    return isinstance(value, External) and value.qualname in _WITHOUT_LOADER


def _is_known(base: Value) -> bool:
    """Whether a base class is the project's, Python's own, or pydantic's."""
    if isinstance(base, External):
        package = base.qualname.partition(".")[0]
        return package == "pydantic" or class_of_python(base.qualname) is not None
    return isinstance(base, Class)


def _names(cls: Class) -> Iterable[str]:
    for decorator in cls.node.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = ast.unparse(called).rpartition(".")[2]
        options = decorator.keywords if isinstance(decorator, ast.Call) else []
        if name == "usable_as_dagster_type" and all(one.arg in _OF_NO_LOADER for one in options):
            continue
        yield name


_PLAIN_DECORATORS: Final = frozenset(("dataclass", "define", "frozen", "final", "total_ordering"))
_OF_NO_LOADER: Final = frozenset(("name", "description"))
_MARK: Final = "__dagster_type__"
_WRAPPERS: Final = frozenset(("typing.Optional", "builtins.list", "typing.List"))
_DICTIONARIES: Final = frozenset(("builtins.dict", "typing.Dict"))
_TYPES: Final = frozenset(("dagster.DagsterType", "dagster.PythonObjectDagsterType"))
_WITHOUT_LOADER: Final = frozenset(
    (
        *(f"builtins.{name}" for name in ("bytes", "object", "set", "frozenset", "tuple")),
        *(f"datetime.{name}" for name in ("date", "datetime", "time", "timedelta")),
        *("decimal.Decimal", "pathlib.Path", "pathlib.PurePath", "uuid.UUID"),
    )
)
"""Python's own types that Dagster has no configuration for."""


def mark_as_type(call: Call) -> Value:
    """`make_python_type_usable_as_dagster_type(python_type, dagster_type)`."""
    for value in (*call.args[:1], *call.kwargs.values()):
        if isinstance(value, Class):
            call.machine.write(value.namespace, _MARK, NONE)
    return NONE


TABLE: Final = {"dagster.make_python_type_usable_as_dagster_type": mark_as_type}
