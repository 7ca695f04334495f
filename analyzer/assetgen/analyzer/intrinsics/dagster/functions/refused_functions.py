"""Reporting decorated functions that Dagster refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import Constant, External, Function, Mapping, Value
from assetgen.analyzer.intrinsics.dagster.functions.refused_annotations import check_annotations
from assetgen.analyzer.intrinsics.dagster.functions.refused_configs import check_fields
from assetgen.analyzer.intrinsics.dagster.functions.roles import Roles
from assetgen.analyzer.intrinsics.dagster.functions.signature import (
    Parameter,
    Signature,
    annotation_of,
    annotation_text,
)
from assetgen.analyzer.intrinsics.dagster.keys import is_given, is_surely_given
from assetgen.analyzer.intrinsics.dagster.names import RESERVED
from assetgen.analyzer.intrinsics.dagster.places import argument_place
from assetgen.analyzer.intrinsics.dagster.plain import shown


def check_function(call: Call, signature: Signature, roles: Roles) -> None:
    """Report parameters and options of a decorated function that are not compatible."""
    if roles.resources and is_surely_given(call.kwargs.get("required_resource_keys")):
        call.report(
            "invalid-definition",
            f"resources are parameters, as `{roles.resources[0].name}`, or required_resource_keys: "
            "not both",
            argument_place(call, "required_resource_keys"),
        )
    own = call.kwargs.get("resource_defs")
    if call.name in _TYPED and roles.resources and isinstance(own, Mapping) and not own.losses:
        taken = {parameter.name for parameter in roles.resources}
        others = sorted({name for name, _ in own.text_entries()} - taken)
        if others:
            call.report(
                "invalid-definition",
                f"a function with resources as parameters cannot bring `{others[0]}` as well",
                argument_place(call, "resource_defs"),
            )
    if roles.config is not None and is_surely_given(call.kwargs.get("config_schema")):
        call.report(
            "invalid-definition",
            "a function with a config parameter cannot have a config_schema",
            argument_place(call, "config_schema"),
        )
    if roles.config is not None and call.name not in _COMPOSED and roles.config.annotation:
        check_fields(call, annotation_of(call, signature, roles.config.annotation))
    _check_pool(call)
    _check_names(call, roles)
    if call.name in _TYPED:
        given = call.kwargs.get("ins")
        named = dict(given.text_entries()) if isinstance(given, Mapping) else {}
        untyped = [one for one in roles.inputs if one.name not in named]
        check_annotations(call, signature, untyped, returned=_is_returned(call))


def check_default(call: Call, signature: Signature, function: Value, parameter: Parameter) -> None:
    """Report the default of an input that does not fit its type."""
    annotation = parameter.annotation
    if call.name not in _DEFAULTED or annotation is None or not isinstance(function, Function):
        return
    default = function.defaults.get(parameter.name)
    expected = annotation_of(call, signature, annotation)
    types = _SCALARS.get(expected.qualname) if isinstance(expected, External) else None
    if types is None or not isinstance(default, Constant):
        return
    if not isinstance(default.value, types):
        message = f"the default of `{parameter.name}` does not fit {annotation_text(annotation)}: "
        call.report("default-arg", message + shown(default), parameter.site)


_SCALARS: ReadOnlyMapping[str, type] = {
    "builtins.int": int,
    "builtins.str": str,
    "builtins.float": float,
    "builtins.bool": bool,
}
_COMPOSED = frozenset(
    f"dagster.{name}" for name in ("graph", "graph_asset", "graph_multi_asset", "job")
)
"""The decorators for whose functions `config` is an input like others."""
_TYPED = frozenset(("dagster.asset", "dagster.op", "dagster.multi_asset"))
_DEFAULTED = _TYPED | _COMPOSED | {"dagster.asset_check"}
"""The decorators that check defaults against their types."""


def _is_returned(call: Call) -> bool:
    """Whether Dagster makes a type of the return annotation: there is one output, without a
    type."""
    others = ("dagster_type", "out", "check_specs")
    single = call.name in ("dagster.asset", "dagster.op")
    return single and not call.losses and not any(is_given(call.kwargs.get(o)) for o in others)


def _check_pool(call: Call) -> None:
    pool = call.kwargs.get("pool")
    text = pool.value if isinstance(pool, Constant) else None
    if isinstance(text, str) and not re.fullmatch(r"\S*", text):
        call.report("bad-name", f'"{text}" is not a name of a pool', argument_place(call, "pool"))
    given = call.kwargs.get("tags" if call.name == "dagster.op" else "op_tags")
    tags = dict(given.text_entries()) if isinstance(given, Mapping) else {}
    tagged = tags.get("dagster/concurrency_key")
    if text and isinstance(tagged, Constant) and tagged.value != text:
        message = f'the pool is "{text}" here, and "{tagged.value}" among the tags'
        call.report("invalid-definition", message, argument_place(call, "pool"))


def _check_names(call: Call, roles: Roles) -> None:
    for parameter in _renamed(call, roles.inputs):
        if parameter.name in RESERVED and parameter.name not in ("context", "config"):
            message = f'"{parameter.name}" is a reserved word, and no name of an input'
            call.report("bad-name", message, parameter.site)


def _renamed(call: Call, inputs: Iterable[Parameter]) -> Iterable[Parameter]:
    """Graphs name their inputs as they like."""
    return inputs if call.name in _TYPED else ()
