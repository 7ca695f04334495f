"""`defs.yaml`: the components that a file describes, and the definitions that they build."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.objects import classes
from assetgen.analyzer.evaluate.objects.misspelt import tell_misspelt
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    Class,
    Constant,
    External,
    Function,
    Module,
    Value,
)
from assetgen.analyzer.evaluate.values import Mapping as MappingValue
from assetgen.analyzer.intrinsics.components.annotations import of_dagster
from assetgen.analyzer.intrinsics.components.building import build
from assetgen.analyzer.intrinsics.components.component_shapes import check_shape
from assetgen.analyzer.intrinsics.components.construction import construct, may_have_more
from assetgen.analyzer.intrinsics.components.core_models import MAKERS as CORE
from assetgen.analyzer.intrinsics.components.core_models import is_lacking
from assetgen.analyzer.intrinsics.components.executables import KnownComponent
from assetgen.analyzer.intrinsics.components.load_contexts import LoadContext
from assetgen.analyzer.intrinsics.components.post_processing import post_process
from assetgen.analyzer.intrinsics.components.resolving import Maker, Resolution, as_model
from assetgen.analyzer.intrinsics.components.schemas import FORMER, REQUIRED, SCHEMAS
from assetgen.analyzer.intrinsics.components.services import check_service
from assetgen.analyzer.intrinsics.components.template_variables import (
    variables_of_class,
    variables_of_module,
)
from assetgen.analyzer.intrinsics.components.yaml_trees import (
    YamlProblem,
    entries,
    entry,
    parse_yaml,
    text_of,
)
from assetgen.analyzer.intrinsics.dagster.declared.definitions import (
    DefinitionsValue,
)
from assetgen.analyzer.intrinsics.dagster.definitions.definitions import merge, merged
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.spans import Span, start_of
from assetgen.analyzer.project.disk import Refused

COMPONENT_FILES = ("defs.yaml", "defs.yml", "component.yaml")
"""The names of component files, the first of which counts."""

_FOLDER = "dagster.DefsFolderComponent"

LoadFolder = Callable[[Call, LoadContext], DefinitionsValue]


def load_component_file(
    call: Call, context: LoadContext, file: Path, load_folder: LoadFolder
) -> DefinitionsValue:
    """The definitions of all components of a file, merged.

    `load_folder` gives those of the rest of the folder, for a `DefsFolderComponent`. A component
    that is not known is reported at its `type:`.
    """
    module = _parsed(call, context, file)
    if module is None or module.parsed is None:
        return merge([], call)
    found = []
    for statement in module.parsed.tree.body:
        if isinstance(statement, ast.Expr):
            site = Site(module, statement.value, call.site.chain, call.site.condition)
            found.append(_document(call, context, site, statement.value, load_folder))
    if not found:
        place = start_of(module.parsed.path)
        call.machine.report("invalid-definition", "the file holds no component", place)
    return merged(found, call)


def _parsed(call: Call, context: LoadContext, file: Path) -> Module | None:
    """The file as a module with one expression for each document."""
    shown = call.machine.shown(str(file))
    text = call.machine.files.read_text(file)
    if isinstance(text, Refused):
        call.machine.report("file-not-readable", text.reason, start_of(shown))
        return None
    try:
        parsed = parse_yaml(text, shown)
    except YamlProblem as problem:
        line = min(problem.line, text.count("\n") or 1)
        call.machine.report("syntax-error", str(problem), Span(shown, line, 1, line, 2))
        return None
    name = f"{context.module_name(file.parent)}:{file.name}"
    return Module(name, Scope("module"), parsed, file=str(file), state="done")


def _document(
    call: Call, context: LoadContext, site: Site, node: ast.expr, load_folder: LoadFolder
) -> DefinitionsValue:
    kind = entry(node, "type")
    name = text_of(kind)
    if kind is None or name is None:
        call.report("invalid-definition", "a component needs a `type`", site)
        return merge([], call)
    place = site.at(kind)
    check_shape(call, site, node)
    try:
        resolution, cls = _prepared(call, context, site, node, name)
    except Raised as raised:
        return _refused(call, name, raised, place)
    _tell_requirements(resolution.call, entry(node, "requirements"))
    if cls == External(_FOLDER):
        for key, value in entries(entry(node, "attributes")):
            message = f"`{key}` is not a field of DefsFolderComponent"
            call.report("invalid-definition", message, site.at(value))
        definitions = load_folder(call, resolution.context)
    else:
        definitions = _defined(resolution, cls, name, node, place)
    try:
        return post_process(resolution, entry(node, "post_processing"), definitions)
    except Raised as raised:
        what = raised.exception.rpartition(".")[2]
        message = f"the post-processing of `{name}` raises {what}: {raised.message}"
        call.report("python-error", message, place)
        return definitions


def _prepared(
    call: Call, context: LoadContext, site: Site, node: ast.expr, name: str
) -> tuple[Resolution, Value]:
    """How the attributes of a component are resolved, and its class."""
    here = Call(call.machine, "dagster.Component", (), {}, site)
    kind = entry(node, "type")
    cls = _component_type(here, context, name, site.at(kind) if kind is not None else site)
    context = context.at(context.path, variables_of_class(here, cls, context, site))
    module = text_of(entry(node, "template_vars_module"))
    if module is not None:
        variables = variables_of_module(here, module, context, site)
        context = context.at(context.path, variables)
    return Resolution(here, context, site, _makers(), construct), cls


@lru_cache(maxsize=1)
def _makers() -> dict[str, Maker]:
    """The makers of everything that a file can name; importing them imports much of the
    integrations."""
    from assetgen.analyzer.intrinsics.integrations.components.dbt_components import MAKERS as OF_DBT
    from assetgen.analyzer.intrinsics.integrations.components.dlt_components import MAKERS as OF_DLT
    from assetgen.analyzer.intrinsics.integrations.components.sling_components import (
        MAKERS as OF_SLING,
    )

    return {**CORE, **OF_DBT, **OF_DLT, **OF_SLING}


def component_of_file(call: Call, context: LoadContext, file: Path) -> Value:
    """The one component of a file, made but not built."""
    module = _parsed(call, context, file)
    body = module.parsed.tree.body if module is not None and module.parsed is not None else []
    if module is None or len(body) != 1 or not isinstance(body[0], ast.Expr):
        return call.unknown("unsupported", f"{file.name} holds not one component")
    node = body[0].value
    site = Site(module, node, call.site.chain, call.site.condition)
    name = text_of(entry(node, "type"))
    if name is None:
        return call.unknown("error", "the component has no `type`")
    resolution, cls = _prepared(call, context, site, node, name)
    try:
        return _component(resolution, cls, entry(node, "attributes"))
    except Raised as raised:
        return call.unknown("error", f"it raises {raised.exception}: {raised.message}")


def _tell_requirements(call: Call, node: ast.expr | None) -> None:
    """The environment variables that the component says it needs."""
    names = entry(node, "env")
    for name in names.elts if isinstance(names, ast.List) else ():
        if text_of(name) is not None:
            call.machine.report_environment(str(text_of(name)), None, call.site.at(name))


def _component_type(call: Call, context: LoadContext, name: str, site: Site) -> Value:
    """The class that `type:` names; a name that starts with a dot is relative to the folder."""
    full = context.module_name(context.path) + name if name.startswith(".") else name
    module, _, last = full.rpartition(".")
    if not module or not all(map(str.isidentifier, full.split("."))):
        own = (each for each in SCHEMAS if each.rpartition(".")[2] == last)
        hint = next((f"; did you mean `{each}`?" for each in own), "")
        message = f"`{name}` names no component: it takes a module and a class in it{hint}"
        call.report("invalid-definition", message, site)
        return call.machine.unknown("told", message, site)
    found = call.machine.import_module(module)
    if isinstance(found, Module):
        value = call.machine.find_attribute(found, last, site)
        if isinstance(value, (Function, Constant)):
            return _not_a_component(call, full, site)
        if value is not None:
            return value
        message = f"{module} has no {last}"
        call.report("invalid-definition", message, site)
        return call.machine.unknown("told", message, site)
    if is_lacking(call, context, module):
        message = f"there is no {last} in {module}, which is not a module"
        call.report("invalid-definition", message, site)
        return call.machine.unknown("told", message, site)
    qualname = call.machine.intrinsics.canonical(full)
    meant = _meant_by(last) if qualname == f"dagster.{last}" else None
    if meant is not None:
        message = f"dagster has no `{last}`; did you mean `{meant}`?"
        call.report("invalid-definition", message, site)
        return call.machine.unknown("told", message, site)
    if qualname.startswith("dagster."):
        missing = tell_misspelt(call.machine, qualname, "AttributeError", site)
        if missing is not None:
            return call.machine.unknown("told", missing.message, site)
        if call.machine.knows(qualname) and not last.endswith("Component"):
            return _not_a_component(call, full, site)
    return External(qualname)


def _not_a_component(call: Call, name: str, site: Site) -> Value:
    message = f"`{name}` is no component"
    call.report("invalid-definition", message, site)
    return call.machine.unknown("told", message, site)


def _meant_by(name: str) -> str | None:
    """The component of Dagster's that a misspelt name is similar to."""
    own = [known.removeprefix("dagster.") for known in SCHEMAS if known.startswith("dagster.")]
    if name in own:
        return None
    # Imported here since only mistakes need this library.
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, own, n=1, cutoff=0.9)), None)


def _defined(
    resolution: Resolution, cls: Value, name: str, node: ast.expr, place: Site
) -> DefinitionsValue:
    call = resolution.call
    call.machine.renew()
    try:
        component = _component(resolution, cls, entry(node, "attributes"))
        return build(call, component, resolution.context, name, place)
    except Raised as raised:
        return _refused(call, name, raised, place)


def _refused(call: Call, name: str, raised: Raised, place: Site) -> DefinitionsValue:
    what = raised.exception.rpartition(".")[2]
    message = f"the component `{name}` raises {what}: {raised.message}"
    call.report("python-error", message, place)
    told = call.machine.unknown("told", message, place)
    return replace(merge([], call), losses=(told,), resources_known=False)


def _component(resolution: Resolution, cls: Value, attributes: ast.expr | None) -> Value:
    """An instance of the component's class, made from `attributes:`."""
    call, site = resolution.call, resolution.site
    given = attributes or site.place(ast.Dict([], []))
    if isinstance(cls, Class):
        _check_class(resolution, cls, given)
        if classes.lookup(cls, "load") is not None:
            load = call.machine.get_attribute(cls, "load", site)
            attributes_of = _model_of(resolution, cls, given)
            return call.machine.call(load, [attributes_of, resolution.context], {}, site)
        return construct(resolution, cls, given)
    if isinstance(cls, External):
        schema = SCHEMAS.get(cls.qualname, {})
        _check_fields(resolution, cls.qualname, given)
        check_service(resolution, cls.qualname, given)
        fields = {
            name: resolution.value(of_dagster(call, schema.get(name, "Any")), value)
            for name, value in entries(given)
        }
        return KnownComponent(cls.qualname, site, fields)
    return cls


def _model_of(resolution: Resolution, cls: Class, given: ast.expr) -> Value:
    """The attributes as an instance of the model that the class names for them."""
    call, site = resolution.call, resolution.site
    for name in ("get_model_cls", "get_schema"):
        if classes.lookup(cls, name) is None:
            continue
        model = call.machine.call(call.machine.get_attribute(cls, name, site), [], {}, site)
        raw = resolution.raw(given)
        if isinstance(model, Class) and isinstance(raw, MappingValue):
            return call.machine.call(model, [], dict(raw.text_entries()), site)
    return as_model(resolution, given)


def _check_class(resolution: Resolution, cls: Class, given: ast.expr) -> None:
    """Refuse a class that is not a component, and attributes for one that takes none."""
    if may_have_more(resolution.call, cls):
        return
    canonical = resolution.call.machine.intrinsics.canonical
    names = {canonical(base.qualname) for base in cls.mro if isinstance(base, External)}
    of_dagster = not names.isdisjoint(SCHEMAS)
    if names.isdisjoint(_COMPONENTS) and not of_dagster:
        raise Raised("dagster.DagsterInvalidDefinitionError", f"{cls.name} is not a dg.Component")
    reads = _RESOLVABLE in names or of_dagster
    own = any(classes.lookup(cls, name) is not None for name in _READING)
    if any(entries(given)) and not reads and not own:
        message = f"{cls.name} takes no attributes: it is not dg.Resolvable"
        raise Raised("dagster.DagsterInvalidDefinitionError", message)


_COMPONENTS = frozenset(("dagster.Component", "dagster.StateBackedComponent"))
_RESOLVABLE = "dagster.Resolvable"
_READING = ("get_model_cls", "get_schema", "load")


def _check_fields(resolution: Resolution, qualname: str, given: ast.expr) -> None:
    """Report fields that one of Dagster's components does not have; refuse it without those it
    needs."""
    schema, names = SCHEMAS.get(qualname, {}), dict(entries(given))
    if not schema or not FORMER.isdisjoint(names):
        return
    kind = qualname.rpartition(".")[2]
    for name, value in names.items():
        if name not in schema:
            message = f"`{name}` is not a field of {kind}"
            resolution.call.report("invalid-definition", message, resolution.site.at(value))
    for name in REQUIRED.get(qualname, ()):
        if name not in names:
            message = f"{kind}() needs a value for the field `{name}`"
            raise Raised("pydantic_core.ValidationError", message)
