"""What each parameter of a decorated function is: context, config, resource or input."""

from __future__ import annotations

import ast

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import NONE, Class, External, Instance, Unknown, Value
from assetgen.analyzer.intrinsics.dagster.declared.graphs import MaybeResource
from assetgen.analyzer.intrinsics.dagster.functions.signature import (
    Annotation,
    Parameter,
    SetAnnotation,
    Signature,
    annotation_of,
    annotation_text,
)
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.syntax.annotations import unquoted

CONTEXT_NAMES = frozenset(("context", "_context", "context_", "_"))
_CONTEXT_TYPES = frozenset(
    (
        *("AssetExecutionContext", "OpExecutionContext", "AssetCheckExecutionContext"),
        *("StepExecutionContext", "SensorEvaluationContext", "ScheduleEvaluationContext"),
    )
)
RESOURCE_BASES = frozenset(
    f"dagster.{name}"
    for name in (
        *("ConfigurableResource", "ConfigurableIOManager", "ConfigurableIOManagerFactory"),
        *("ConfigurableLegacyIOManagerAdapter", "FilesystemIOManager", "IOManagerDefinition"),
        *("InputManagerDefinition", "PipesSubprocessClient", "ResourceDefinition"),
        *("ConfigurableResourceFactory", "TreatAsResourceParam", "_core.TreatAsResourceParam"),
    )
)
"""Classes of Dagster that make a parameter a resource, themselves and their subclasses."""
_RESOURCE_SUFFIXES = ("Resource", "IOManager", "Client", "Workspace", "Organization")
"""What the names of resource classes in Dagster's integrations (`dagster_*`) end in."""


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """The parameters of a function by what Dagster gives them.

    `inputs` are positional-or-keyword parameters that are nothing else; `maybe_resources` are those
    of them that are resources if a class from outside of the project is one. `has_rest` if there is
    a `**kwargs`, which takes any input that `ins` names.
    """

    context: Parameter | None
    config: Parameter | None
    resources: tuple[Parameter, ...]
    inputs: tuple[Parameter, ...]
    maybe_resources: tuple[MaybeResource, ...]
    has_rest: bool


def roles_of(call: Call, signature: Signature) -> Roles:
    """Sort the parameters, and report those that Dagster refuses."""
    parameters = signature.parameters
    context = None
    if parameters and parameters[0].name in CONTEXT_NAMES:
        context, parameters = parameters[0], parameters[1:]
        _check_context(call, signature, context)
    config: Parameter | None = None
    resources: list[Parameter] = []
    inputs: list[Parameter] = []
    maybe: list[MaybeResource] = []
    for parameter in parameters:
        if parameter.name == "config":
            config = parameter
            _check_config(call, signature, parameter)
            continue
        kind, annotation = _kind(call, signature, parameter)
        if kind == "resource":
            resources.append(parameter)
        elif parameter.kind == "either":
            _check_input(call, signature, parameter)
            inputs.append(parameter)
            if kind == "maybe" and annotation:
                maybe.append(MaybeResource(parameter.name, annotation, parameter.site))
        elif parameter.kind == "star":
            call.report(
                "varargs",
                f"`*{parameter.name}` cannot be an input: Dagster gives inputs by name",
                parameter.site,
            )
    return Roles(
        context,
        config,
        tuple(resources),
        tuple(inputs),
        tuple(maybe),
        any(parameter.kind == "rest" for parameter in parameters),
    )


def is_resource(call: Call, signature: Signature, parameter: Parameter) -> bool:
    """Whether a parameter is certainly a resource."""
    return _kind(call, signature, parameter)[0] == "resource"


def is_resource_class(value: Value) -> bool | None:
    """Whether Dagster takes a parameter with this annotation for a resource; None if not known."""
    if isinstance(value, Class):
        answers = [is_resource_class(base) for base in value.mro if base is not value]
        if True in answers:
            return True
        return None if None in answers else False
    if isinstance(value, External):
        return _is_external_resource(value.qualname)
    return None if isinstance(value, Unknown) else False


def _is_external_resource(qualname: str) -> bool | None:
    package, _, name = qualname.partition(".")
    if package == "dagster":
        return qualname in RESOURCE_BASES
    last = name.rpartition(".")[2]
    if package.startswith("dagster_"):
        return True if last.endswith(_RESOURCE_SUFFIXES) else None
    if package in _PLAIN_PACKAGES:
        return False
    return None


_PLAIN_PACKAGES = frozenset(
    (
        *("builtins", "typing", "typing_extensions", "collections", "datetime", "pathlib", "enum"),
        *("abc", "types", "decimal", "uuid", "dataclasses", "pandas", "polars", "numpy", "pyarrow"),
    )
)
"""Packages whose classes are not resources: data, and the standard library's."""


def _kind(call: Call, signature: Signature, parameter: Parameter) -> tuple[str, str | None]:
    """ "resource", "maybe" with the qualified name of the class, or "input"."""
    if parameter.annotation is None:
        return "input", None
    given = parameter.annotation
    node = unquoted(given) if isinstance(given, ast.expr) else given
    if node is None:
        return "input", None
    if isinstance(node, ast.Subscript):
        base = annotation_of(call, signature, node.value)
        if base == External("dagster.ResourceParam"):
            return "resource", None
        return ("resource" if is_resource_class(base) is True else "input"), None
    if not isinstance(node, (ast.Name, ast.Attribute, SetAnnotation)):
        return "input", None
    value = annotation_of(call, signature, node)
    if isinstance(value, External) and value.qualname == "dagster.ResourceParam":
        return "resource", None
    answer = is_resource_class(value)
    if answer is None:
        name = value.qualname if isinstance(value, (External, Class)) else annotation_text(node)
        return "maybe", name
    return ("resource" if answer else "input"), None


def _check_context(call: Call, signature: Signature, context: Parameter) -> None:
    """Dagster compares the annotation with its context classes, so a string is none of them."""
    annotation = context.annotation
    if annotation is None:
        return
    if _is_text(annotation, signature):
        problem = _ANNOTATED_BY_STRING
    elif _is_surely_no_context(annotation_of(call, signature, annotation)):
        problem = f"cannot be a `{annotation_text(annotation)}`"
    else:
        return
    call.report("context-type", f"the context parameter {problem}", context.site)


_ANNOTATED_BY_STRING = (
    "must not be annotated by a string (is there a `from __future__ import annotations`?)"
)


def _check_config(call: Call, signature: Signature, config: Parameter) -> None:
    """Dagster makes a schema of the annotation, which must therefore exist and not be a string."""
    annotation = config.annotation
    if call.name in COMPOSED:
        return
    if annotation is None:
        problem = "needs an annotation"
    elif _is_text(annotation, signature):
        problem = _ANNOTATED_BY_STRING
    elif isinstance(annotation_of(call, signature, annotation), Instance):
        problem = f"is annotated by an object, `{annotation_text(annotation)}`, not by its class"
    elif _is_no_config(annotation_of(call, signature, annotation)):
        problem = f"cannot be a `{annotation_text(annotation)}`, which is not a dagster.Config"
    else:
        return
    call.report("invalid-definition", f"the config parameter {problem}", config.site)


COMPOSED = frozenset(
    f"dagster.{name}" for name in ("graph", "graph_asset", "graph_multi_asset", "job")
)
"""The decorators for whose functions `config` is an input like others."""


def _is_text(annotation: Annotation, signature: Signature) -> bool:
    if isinstance(annotation, SetAnnotation):
        return False
    quoted = isinstance(annotation, ast.Constant) and isinstance(annotation.value, str)
    return quoted or _has_annotations_as_text(signature)


def _is_no_config(value: Value) -> bool:
    """Whether a class has no bases but pydantic's model, and so is not one of Dagster's."""
    if not isinstance(value, Class) or value.decorations:
        return False
    others = [base for base in value.mro if not isinstance(base, Class)]
    return all(base in _NO_CONFIGS for base in others)


_NO_CONFIGS = (External("pydantic.BaseModel"), External("builtins.object"))


def _has_annotations_as_text(signature: Signature) -> bool:
    module = signature.function.module.parsed if signature.function else None
    return module is not None and any(
        isinstance(statement, ast.ImportFrom)
        and statement.module == "__future__"
        and any(alias.name == "annotations" for alias in statement.names)
        for statement in module.tree.body
    )


def _is_surely_no_context(value: Value) -> bool:
    if isinstance(value, Class) or value == NONE:
        return True
    if not isinstance(value, External):
        return False
    return value.qualname in _OTHER_CONTEXTS or value.qualname.partition(".")[0] in _PLAIN_PACKAGES


_OTHER_CONTEXTS = frozenset(
    f"dagster.{name}Context"
    for name in (
        *(
            "SensorEvaluation",
            "ScheduleEvaluation",
            "MultiAssetSensorEvaluation",
            "RunStatusSensor",
        ),
        *("RunFailureSensor", "InitResource", "InitLogger", "Hook", "Input", "Output"),
        *("ComponentLoad", "DagsterTypeLoader"),
    )
)
"""What functions other than those of steps are given."""


def _check_input(call: Call, signature: Signature, parameter: Parameter) -> None:
    text = annotation_text(parameter.annotation) or ""
    if parameter.name == "context":
        call.report("context-name", "`context` must be the first parameter", parameter.site)
    elif text.rpartition(".")[2] in _CONTEXT_TYPES:
        call.report(
            "context-name",
            f"`{parameter.name}` is taken for an input: a context must be the first parameter "
            "and be named `context`",
            parameter.site,
        )
    elif (
        # An op may well be handed a configuration by another one.
        call.name != "dagster.op"
        and parameter.annotation is not None
        and _is_config_class(annotation_of(call, signature, parameter.annotation))
    ):
        call.report(
            "config-name",
            f"`{parameter.name}` is taken for an input: a configuration must be named `config`",
            parameter.site,
        )


def _is_config_class(value: Value) -> bool:
    return isinstance(value, Class) and any(base in _CONFIG_BASES for base in value.mro)


_CONFIG_BASES = (External("dagster.Config"), External("dagster.PermissiveConfig"))
