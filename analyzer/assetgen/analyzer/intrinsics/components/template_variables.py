"""Functions marked with `@template_var`: names that the templates of a component can use."""

from __future__ import annotations

from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate import importing
from assetgen.analyzer.evaluate.bound_values import Descriptor
from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    TRUE,
    Class,
    External,
    Function,
    Mapping,
    Module,
    Value,
)
from assetgen.analyzer.intrinsics.components.core_models import is_lacking
from assetgen.analyzer.intrinsics.components.load_contexts import LoadContext
from assetgen.analyzer.intrinsics.components.templates import FURTHER_NAMES

_MARK = "__dagster_template_var"
_LOADER = "__dagster_component_loader_fn"


def variables_of_class(
    call: Call, cls: Value, context: LoadContext, site: Site
) -> dict[str, Value]:
    """The names that a component's class gives its templates: its marked static methods."""
    if not isinstance(cls, Class):
        is_own = isinstance(cls, External) and cls.qualname in _WITHOUT_NAMES
        return {} if is_own else {FURTHER_NAMES: cls}
    found: dict[str, Value] = {}
    if not all(_has_no_names(call, base) for base in cls.mro):
        found[FURTHER_NAMES] = cls
    legacy = classes.lookup(cls, "get_additional_scope")
    if legacy is not None:
        method = call.machine.get_attribute(cls, "get_additional_scope", site)
        scope = call.machine.call(method, [], {}, site)
        if isinstance(scope, Mapping):
            found.update(scope.text_entries())
        if not isinstance(scope, Mapping) or scope.losses:
            found[FURTHER_NAMES] = scope
    for name, value in cls.namespace.items():
        if (
            isinstance(value, Descriptor)
            and value.kind == "staticmethod"
            and is_marked(value.function, _MARK)
        ):
            found[name] = _invoked(call, value.function, context, site)
    return found


_WITHOUT_NAMES = frozenset(
    f"dagster.{name}Component"
    for name in ("DefsFolder", "Definitions", "Function", "PythonScript", "UvRun", "TemplatedSql")
)
"""Dagster's own components, which give their templates no names."""


def _has_no_names(call: Call, base: Value) -> bool:
    """Whether a base of a component's class gives its templates no names of its own."""
    if isinstance(base, External):
        name = call.machine.intrinsics.canonical(base.qualname)
        return name.startswith(("dagster.", "builtins.", "abc.", "typing.", "pydantic."))
    return isinstance(base, Class)


def variables_of_module(
    call: Call, name: str, context: LoadContext, site: Site
) -> dict[str, Value]:
    """The names that `template_vars_module` gives; one that starts with a dot is relative to the
    file."""
    full = context.module_name(context.path) + name if name.startswith(".") else name
    module = call.machine.import_module(full)
    if is_lacking(call, context, full):
        raise Raised("builtins.ModuleNotFoundError", f"there is no module {full} in the project")
    if not isinstance(module, Module):
        call.report("unresolved-attribute", f"there is no module {full} in the project", site)
        return {FURTHER_NAMES: module}
    return {
        key: _invoked(call, value, context, site)
        for key, value in importing.settled_globals(call.machine, module).items()
        if is_marked(value, _MARK)
    }


def component_loaders(names: ReadOnlyMapping[str, Value]) -> list[Function]:
    """The functions among a module's globals that load a component, in the order of `dir()`."""
    return [
        value
        for _, value in sorted(names.items())
        if isinstance(value, Function) and is_marked(value, _LOADER)
    ]


def is_marked(value: Value, mark: str) -> bool:
    """Whether a decorator has left its mark on a function."""
    return isinstance(value, Function) and mark in value.attributes


def _invoked(call: Call, function: Value, context: LoadContext, site: Site) -> Value:
    arguments = function.node.args if isinstance(function, Function) else None
    takes = [*arguments.posonlyargs, *arguments.args] if arguments is not None else []
    if len(takes) > 1 and isinstance(function, Function):
        message = f"the template variable `{function.name}` takes more than the context"
        raise Raised("builtins.ValueError", message)
    return call.machine.call(function, [context] if takes else [], {}, site)


def _marking(mark: str) -> Intrinsic:
    """A decorator that marks a function and returns it."""

    def intrinsic(call: Call) -> Value:
        target = call.args[0] if call.args else call.kwargs.get("fn")
        if target is None:
            return External(call.name)
        function = target.function if isinstance(target, Descriptor) else target
        if isinstance(function, Function):
            call.set_attribute(function, mark, TRUE)
        return target

    return intrinsic


TABLE: dict[str, Intrinsic] = {
    "dagster.template_var": _marking(_MARK),
    "dagster.component_instance": _marking(_LOADER),
    "dagster.component": _marking(_LOADER),
}
"""The intrinsics of functions that Dagster finds by a mark."""
