"""`@op`, and the op that any decorated function becomes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Mapping,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.declared.attributes import NO_ATTRIBUTES, Attributes
from assetgen.analyzer.intrinsics.dagster.declared.graphs import OpValue
from assetgen.analyzer.intrinsics.dagster.declared.jobs import HookValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import InValue, OutValue
from assetgen.analyzer.intrinsics.dagster.functions.decorated_functions import Decorated, decorated
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.functions.docstrings import described, described_output
from assetgen.analyzer.intrinsics.dagster.functions.loadable_types import unloadable_inputs
from assetgen.analyzer.intrinsics.dagster.functions.refused_functions import (
    check_default,
    check_function,
)
from assetgen.analyzer.intrinsics.dagster.functions.returned import check_returned
from assetgen.analyzer.intrinsics.dagster.functions.roles import COMPOSED
from assetgen.analyzer.intrinsics.dagster.functions.signature import (
    Annotation,
    Parameter,
    SetAnnotation,
    Signature,
    annotation_of,
    annotation_text,
)
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.names import name_problem
from assetgen.analyzer.intrinsics.dagster.ops.inputs import NOTHING, read_ins
from assetgen.analyzer.intrinsics.dagster.ops.outputs import read_outs
from assetgen.analyzer.intrinsics.dagster.partitions.partitions import retry_policy_of
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.literals import Literal
from assetgen.analyzer.model.steps import Input, Output


def op_name(call: Call, bound: Bound, target: Decorated) -> str:
    """The name of the op or graph: `name`, or the function's."""
    doubts = Doubts()
    given = bound["name"]
    name = (doubts.text(given) if is_given(given) else None) or target.signature.name or "assets"
    if doubts.found:
        call.report(
            "unresolved-attribute",
            f"the name of the op of `{name}` is not known: {why(doubts.found[0])}",
            target.site,
        )
    problem = name_problem(name)
    if problem:
        call.report("bad-name", problem, target.site)
    return name


@dataclass(frozen=True, slots=True)
class OpOptions:
    """What a decorator gives its op, besides inputs and outputs."""

    required_resource_keys: tuple[str, ...] = ()
    retry_policy: Value = NONE
    tags: tuple[tuple[str, Literal], ...] = ()
    description: str | None = None
    code_version: str | None = None
    pool: str | None = None
    config_schema: Value = NONE


def options_of(call: Call, bound: Bound, subject: str, tags: str = "op_tags") -> OpOptions:
    """The options among the bound arguments of a decorator, by their names there."""

    def given(name: str) -> Value:
        value = bound.get(name)
        return NONE if value is None else value

    doubts = Doubts()
    of_assets = Doubts() if call.name in _TOLD_OF_ASSETS else doubts
    options = OpOptions(
        required_resource_keys=(
            *doubts.texts(call, given("required_resource_keys")),
            *_needed_by_hooks(given("hooks")),
        ),
        retry_policy=doubts.first_option(given("retry_policy")),
        tags=doubts.entries(given(tags)),
        description=(of_assets if call.name == "dagster.asset" else doubts).text(
            given("description")
        ),
        code_version=of_assets.text(given("code_version")),
        pool=doubts.text(given("pool")),
        config_schema=given("config_schema"),
    )
    for unknown in doubts.found:
        call.report(
            "unresolved-attribute", f"an option of `{subject}` is not known: {why(unknown)}"
        )
    return options


_TOLD_OF_ASSETS = ("dagster.asset", "dagster.multi_asset")
"""Their assets have the code version, too, and report it if it is not known."""


def _needed_by_hooks(hooks: Value) -> Iterator[str]:
    """The resources of the known hooks, which whatever runs an op must provide as well."""
    for hook in hooks.items if isinstance(hooks, Sequence) else ():
        if isinstance(hook, HookValue):
            yield from hook.resources


def make_op(
    call: Call,
    name: str,
    target: Decorated,
    inputs: tuple[Input, ...],
    outputs: tuple[Output, ...],
    options: OpOptions,
) -> OpValue:
    """The op of a decorated function with these inputs and outputs."""
    roles, signature = target.roles, target.signature
    config = roles.config
    check_function(call, signature, roles)
    return OpValue(
        name=name,
        site=target.site,
        function=target.function,
        inputs=inputs,
        outputs=outputs,
        takes_context=roles.context is not None,
        config=annotation_text(config.annotation) if config else None,
        config_class=_config_class(call, signature, config),
        config_schema=options.config_schema if is_given(options.config_schema) else None,
        resources=tuple((parameter.name, parameter.name) for parameter in roles.resources),
        maybe_resources=roles.maybe_resources,
        required_resource_keys=tuple(sorted(set(options.required_resource_keys))),
        returns=annotation_text(signature.returns),
        retry_policy=retry_policy_of(options.retry_policy),
        tags=options.tags,
        description=options.description or described(signature.doc),
        code_version=options.code_version,
        pool=options.pool,
    )


def _config_class(call: Call, signature: Signature, config: Parameter | None) -> Value | None:
    if config is None or config.annotation is None:
        return None
    return annotation_of(call, signature, config.annotation)


def input_of(call: Call, target: Decorated, parameter: Parameter, given: InValue | None) -> Input:
    """The input for a parameter."""
    nothing = given is not None and given.is_nothing
    if nothing and call.name not in COMPOSED:
        message = (
            f"`{parameter.name}` is of type Nothing: it is only for ordering, and not a parameter"
        )
        call.report("invalid-definition", message, parameter.site)
    if parameter.annotation is not None and not nothing:
        nothing = is_nothing(call, target.signature, parameter.annotation)
    if parameter.has_default and not nothing and not (given and given.has_default):
        check_default(call, target.signature, target.function, parameter)
    return Input(
        parameter.name,
        is_nothing=nothing,
        has_default=parameter.has_default or (given is not None and given.has_default),
        annotation=annotation_text(parameter.annotation),
        span=parameter.site.span,
        input_manager_key=given.input_manager_key if given is not None else None,
    )


def is_nothing(call: Call, signature: Signature, annotation: Annotation) -> bool:
    """Whether an annotation is Dagster's `Nothing`."""
    if not isinstance(annotation, (ast.Name, ast.Attribute, ast.Constant, SetAnnotation)):
        return False
    if isinstance(annotation, ast.Constant) and not isinstance(annotation.value, str):
        return False
    return annotation_of(call, signature, annotation) == NOTHING


def inferred_outputs(
    call: Call, target: Decorated, given: ReadOnlyMapping[str, OutValue]
) -> tuple[Output, ...]:
    """The outputs of an op: those of `out=`, or the one that its return annotation describes."""
    signature = target.signature
    text = annotation_text(signature.returns)
    if not given:
        dynamic = text is not None and "DynamicOutput" in text
        return (
            Output(
                "result",
                is_dynamic=dynamic,
                is_nothing=_returns_nothing(call, target),
                annotation=text,
            ),
        )
    single = len(given) == 1
    return tuple(
        Output(
            name,
            is_required=out.is_required,
            is_dynamic=out.is_dynamic,
            is_nothing=out.is_nothing or (single and _returns_nothing(call, target)),
            io_manager_key=out.io_manager_key,
            annotation=text if single else None,
        )
        for name, out in given.items()
    )


def _returns_nothing(call: Call, target: Decorated) -> bool:
    """`-> None` and `-> Nothing` output nothing, but the annotation of a generator is ignored."""
    returns = target.signature.returns
    if returns is None or target.signature.is_generator:
        return False
    if isinstance(returns, ast.Constant) and returns.value in (None, "None"):
        return True
    return is_nothing(call, target.signature, returns)


# -- @op

_OP = Parameters(
    "compute_fn=None, *, name=None, description=None, ins=None, out=None, config_schema=None, "
    "required_resource_keys=None, tags=None, version=None, retry_policy=None, code_version=None, "
    "pool=None"
)


def _op(call: Call, bound: Bound, function: Value) -> Value:
    target = decorated(call, function)
    doubts = Doubts()
    name = doubts.text(bound["name"]) or target.signature.name
    if name is None or doubts.found:
        if not target.is_known and not doubts.found:
            return call.unknown("unsupported", "what is decorated as an op is not known", function)
        name = name or "op"
    for unknown in doubts.found:
        call.report("unresolved-attribute", f"the name of an op is not known: {why(unknown)}")
    problem = name_problem(name)
    if problem:
        call.report("bad-name", problem, target.site)
    ins, _ = read_ins(call, bound, name)
    inputs = op_inputs(call, name, target, {key: one for key, (one, _) in ins.items()})
    given = _given_outs(call, bound["out"], name)
    for key, out in given.items():
        problem = name_problem(key)
        if problem:
            call.report("bad-name", problem, out.site)
    check_returned(call, target.signature, len(given), target.site)
    options = options_of(call, bound, name, "tags")
    outputs = inferred_outputs(call, target, given)
    op = make_op(call, name, target, inputs, outputs, options)
    said = {key: out.attributes for key, out in given.items()} or {"result": NO_ATTRIBUTES}
    return replace(
        op,
        output_attributes=tuple(_said_of_outputs(op, target, said)),
        unloadable_inputs=unloadable_inputs(
            call, target.signature, inputs, {key: one for key, (one, _) in ins.items()}
        ),
        unknown=("name",) if doubts.found else (),
    )


def _said_of_outputs(
    op: OpValue, target: Decorated, said: ReadOnlyMapping[str, Attributes]
) -> Iterator[tuple[str, Attributes]]:
    """The outputs with what the op gives all of them, and with the docstring of a single one."""
    from_docstring = described_output(target.signature.doc, len(said))
    for name, attributes in said.items():
        yield (
            name,
            replace(
                attributes,
                description=attributes.description or from_docstring,
                code_version=attributes.code_version or op.code_version,
            ),
        )


def op_inputs(
    call: Call, name: str, target: Decorated, ins: ReadOnlyMapping[str, InValue]
) -> tuple[Input, ...]:
    """The inputs of an op, in the order in which a call may give them: the parameters, then what
    only `ins` has."""
    parameters = {
        parameter.name: parameter for parameter in (*target.roles.inputs, *_keyword_only(target))
    }
    inputs = [
        input_of(call, target, parameter, ins.get(parameter.name))
        for parameter in parameters.values()
    ]
    for key, given in ins.items():
        if key not in parameters:
            has_rest = target.roles.has_rest
            if not (given.may_order_only or has_rest or not target.is_known):
                place = argument_place(call, "ins")
                call.report("ins-name", f"`{key}` in ins is not a parameter of `{name}`", place)
            inputs.append(
                Input(
                    key,
                    is_nothing=given.is_nothing or (given.may_order_only and not has_rest),
                    has_default=given.has_default,
                    input_manager_key=given.input_manager_key,
                )
            )
    return tuple(inputs)


def _keyword_only(target: Decorated) -> tuple[Parameter, ...]:
    """Ops take keyword-only parameters as inputs, unlike assets."""
    taken = {parameter.name for parameter in target.roles.resources} | {"config"}
    return tuple(
        parameter
        for parameter in target.signature.parameters
        if parameter.kind == "keyword" and parameter.name not in taken
    )


def _given_outs(call: Call, value: Value, name: str) -> dict[str, OutValue]:
    place = argument_place(call, "out")
    chosen = Doubts().first_option(value)
    if isinstance(chosen, OutValue):
        return {"result": chosen}
    if isinstance(chosen, Mapping):
        outs, _ = read_outs(call, chosen, name, place)
        return {key: out for key, (out, _) in outs.items()}
    if chosen not in (NONE, Constant(None)) and not isinstance(chosen, External):
        call.report("unresolved-attribute", f"the outputs of op `{name}` are not known", place)
    return {}


TABLE: dict[str, Intrinsic] = {
    **decorator("dagster.op", _OP, "compute_fn", _op),
}
"""The intrinsics of ops."""
