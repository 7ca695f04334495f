"""Dagster's components that run something: a function, a script, SQL.

Each is one step with the assets, or else the checks, that its `assets` and `checks` list.
"""

from __future__ import annotations

from hashlib import md5
from pathlib import PurePath
from typing import ClassVar

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.objects.conversion import NotPlain, to_python
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    Declared,
    External,
    Function,
    Instance,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
from assetgen.analyzer.intrinsics.components.core_models import options_record
from assetgen.analyzer.intrinsics.components.schemas import SCHEMAS
from assetgen.analyzer.intrinsics.dagster.declared.checks import ChecksValue
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.model.dataclass import dataclass, field

_UNNAMED = "_assets_def"
_UNNAMED_CHECKS = "_asset_check_def"


@dataclass(slots=True, eq=False)
class KnownComponent(Declared):
    """An instance of a component class from outside of the project, made at `site`; `fields` are
    what it was given."""

    type_name: ClassVar[str] = "dagster.Component"

    qualname: str
    site: Site
    fields: dict[str, Value] = field(default_factory=dict)

    def attribute(self, name: str) -> Value | None:
        return self.fields.get(name)


def _made(call: Call) -> Value:
    """`PythonScriptComponent(execution=..., assets=[...])`."""
    return KnownComponent(call.name, call.site, dict(call.kwargs))


_BUILT = Parameters("context")
_UNDERLYING = "build_underlying_assets_def"


def _build_defs(call: Call) -> Value:
    """The step that the project's own class makes, or else the library's."""
    component = call.receiver or NONE
    own = call.own_method(component, _UNDERLYING)
    if own is not None:
        made = call.invoke(own, component_load_context=_BUILT.bind(call)["context"])
    else:
        made = _underlying(call)
    if isinstance(made, Unknown):
        return made
    are_checks = isinstance(made, ChecksValue)
    given = {"asset_checks" if are_checks else "assets": Sequence("list", [made])}
    return call.invoke(External("dagster.Definitions"), **given)


def _underlying(call: Call) -> Value:
    """The step as a multi-asset, or as a check of several assets."""
    component = call.receiver or NONE
    function, options = _operation(call, component)
    assets, checks = given_field(component, "assets"), given_field(component, "checks")
    if isinstance(function, Unknown):
        return call.unknown("unsupported", "what the component runs is not known", function)
    kwargs = {name: value for name, value in options.items() if is_given(value)}
    if is_given(assets):
        kwargs.setdefault("name", Constant(_UNNAMED))
        kwargs["specs"] = assets
        if is_given(checks):
            kwargs["check_specs"] = checks
        return _decorated(call, "dagster.multi_asset", kwargs, function)
    if is_given(checks):
        kwargs.setdefault("name", Constant(_UNNAMED_CHECKS))
        kwargs["specs"] = checks
        return _decorated(call, "dagster.multi_asset_check", kwargs, function)
    message = "the component has neither assets nor checks"
    call.report("invalid-definition", message)
    return call.unknown("told", message)


def _decorated(call: Call, name: str, kwargs: dict[str, Value], function: Value) -> Value:
    decorator = call.invoke(External(name), **kwargs)
    return call.invoke(decorator, function)


def given_field(component: Value, name: str) -> Value:
    """The value of a field of a component; None if it was not given."""
    if isinstance(component, Instance):
        return component.attributes.get(name, NONE)
    return component.fields.get(name, NONE) if isinstance(component, KnownComponent) else NONE


def _operation(call: Call, component: Value) -> tuple[Value, dict[str, Value]]:
    """What is run, and the options of the op."""
    execution = call.own_method(component, "op_spec") or given_field(component, "execution")
    if isinstance(execution, Function):
        return _without_docstring(execution), {"name": Constant(execution.name)}
    options = options_of(execution)
    function = options.get("fn")
    if function is not None:
        given = {name: options.get(name, NONE) for name in ("name", "description", "pool")}
        plain = _without_docstring(function) if isinstance(function, Function) else function
        return plain, {**given, "op_tags": options.get("tags", NONE)}
    name = options.get("name", NONE)
    path = options.get("path")
    if not is_given(name) and isinstance(path, Constant):
        name = Constant(PurePath(str(path.value)).stem)
    if not is_given(name) and not options:
        name = _unique_name(call, component)
    given = {key: options.get(key, NONE) for key in ("description", "pool")}
    runner = External("dagster.ExecutableComponent.execute")
    return runner, {**given, "name": name, "op_tags": options.get("tags", NONE)}


def options_of(execution: Value) -> dict[str, Value]:
    """The entries of a mapping, or the fields of an object that were given."""
    if isinstance(execution, Mapping):
        return dict(execution.text_entries())
    if isinstance(execution, Record):
        return {name: value for name, value in execution.fields.items() if value != NONE}
    if isinstance(execution, Instance):
        return dict(execution.attributes)
    return {}


def _without_docstring(function: Function) -> Function:
    """The function as Dagster wraps it: its docstring does not describe an asset."""
    attributes: dict[str, Value] = {**function.attributes, "__doc__": NONE}
    return Function(
        function.node,
        function.scope,
        function.module,
        function.qualname,
        function.defaults,
        attributes,
        function.owner,
        function.decorated,
    )


def _unique_name(call: Call, component: Value) -> Value:
    """The name of an unnamed SQL step: eight digits of a hash of its template."""
    if isinstance(component, Instance):
        own = call.machine.find_own(component, "get_unique_name")
        if own is not None:
            return call.invoke(own, component)
    template = given_field(component, "sql_template")
    if isinstance(template, Mapping):
        template = dict(template.text_entries()).get("path", NONE)
    variables = given_field(component, "sql_template_vars")
    try:
        plain = to_python(variables)
    except NotPlain as error:
        return call.unknown("unsupported", "the variables of the SQL are not known", error.value)
    if not isinstance(template, Constant):
        return NONE
    pairs = sorted(plain.items()) if isinstance(plain, dict) else []
    text = f"{template.value}:{pairs}"
    return Constant(md5(text.encode(), usedforsecurity=False).hexdigest()[:8])


_EXECUTABLE = tuple(name for name, schema in SCHEMAS.items() if "checks" in schema)

TABLE: dict[str, Intrinsic] = {
    **dict.fromkeys(SCHEMAS, _made),
    **{f"{name}.build_defs": _build_defs for name in _EXECUTABLE},
    **{f"{name}.{_UNDERLYING}": _underlying for name in _EXECUTABLE},
    "dagster.OpSpec": lambda call: options_record(call.name, call.kwargs),
    "dagster.ScriptSpec": lambda call: options_record(call.name, call.kwargs),
    "dagster.FunctionSpec": lambda call: Record(call.name, dict(call.kwargs), call.args, call.site),
}
"""The intrinsics of components that run something."""
