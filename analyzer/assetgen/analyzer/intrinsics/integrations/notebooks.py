"""`dagstermill`: assets and ops computed by notebooks."""

from __future__ import annotations

import ast

from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.scope import Scope
from assetgen.analyzer.evaluate.values import (
    FALSE,
    NONE,
    Constant,
    External,
    Function,
    Mapping,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.plain import Doubts

_ASSET = Parameters(
    "name, notebook_path, key_prefix=None, ins=None, deps=None, metadata=None, "
    "config_schema=None, required_resource_keys=None, resource_defs=None, description=None, "
    "partitions_def=None, op_tags=None, group_name=None, io_manager_key=None, retry_policy=None, "
    "save_notebook_on_failure=False, non_argument_deps=None, asset_tags=None"
)
_PASSED = (
    *("name", "key_prefix", "ins", "deps", "metadata", "config_schema", "required_resource_keys"),
    *("resource_defs", "partitions_def", "group_name", "retry_policy", "non_argument_deps"),
)


def _define_asset(call: Call) -> Value:
    """`define_dagstermill_asset`: `@asset` on a function that runs the notebook."""
    bound = _ASSET.bind(call)
    kwargs = bound.given(_PASSED)
    kwargs["output_required"] = FALSE
    kwargs["io_manager_key"] = _or(bound["io_manager_key"], Constant(_IO_MANAGER))
    if bound["asset_tags"] != NONE:
        kwargs["tags"] = bound["asset_tags"]
    kwargs["description"] = _description(call, bound, "asset")
    decorated = call.invoke(External("dagster.asset"), **kwargs)
    if isinstance(decorated, Unknown):
        return decorated
    return call.invoke(decorated, _function(call, bound["ins"]))


def _function(call: Call, ins: Value) -> Value:
    """What dagstermill puts under `@asset`: a function of its context and the inputs."""
    names = [name for name, _ in ins.text_entries()] if isinstance(ins, Mapping) else []
    parameters = [name for name in names if name.isidentifier()]
    node = ast.parse(f"def notebook(context, {', '.join(parameters)}): ...").body[0]
    assert isinstance(node, ast.FunctionDef)
    for child in ast.walk(node):
        call.site.place(child)
    return Function(node, Scope("function", {}), call.site.module, "notebook")


_OP = Parameters(
    "name, notebook_path, ins=None, outs=None, config_schema=None, required_resource_keys=None, "
    "output_notebook_name=None, asset_key_prefix=None, description=None, tags=None, "
    "io_manager_key=None, save_notebook_on_failure=False"
)
_IO_MANAGER = "output_notebook_io_manager"


def _define_op(call: Call) -> Value:
    """`define_dagstermill_op`: an op that runs the notebook, which itself may be a further output
    of it."""
    bound = _OP.bind(call)
    kwargs = {name: bound[name] for name in ("name", "config_schema", "tags")}
    kwargs |= {"compute_fn": NONE, "description": _description(call, bound, "op")}
    kwargs |= {name: _or(bound[name], Mapping()) for name in ("ins", "outs")}
    kwargs["required_resource_keys"] = _or(bound["required_resource_keys"], Sequence("set", []))
    notebook = bound["output_notebook_name"]
    if notebook != NONE:
        key = _or(bound["io_manager_key"], Constant(_IO_MANAGER))
        kwargs["outs"] = _with_notebook(call, kwargs["outs"], notebook, key)
        kwargs["required_resource_keys"] = _with(call, kwargs["required_resource_keys"], key)
    return call.invoke(External("dagster.OpDefinition"), **kwargs)


def _with_notebook(call: Call, outs: Value, name: Value, io_manager_key: Value) -> Value:
    key = call.machine.hash_key(name)
    if not isinstance(outs, Mapping) or key is None:
        return Mapping(losses=[call.unknown("unsupported", "the outputs of the op", outs, name)])
    kwargs = {"io_manager_key": io_manager_key}
    out = call.invoke(External("dagster.Out"), **kwargs)
    return Mapping(entries={**outs.entries, key: (name, out)}, losses=list(outs.losses))


def _with(call: Call, keys: Value, further: Value) -> Sequence:
    items = call.items(keys)
    return Sequence("set", [*items.values, further], list(items.losses))


def _description(call: Call, bound: Bound, subject: str) -> Value:
    if bound["description"] != NONE:
        return bound["description"]
    path = Doubts().text(bound["notebook_path"])
    if path is None:
        return call.unknown("file", "the path of the notebook", bound["notebook_path"])
    place = call.machine.shown(path)
    return Constant(f"This {subject} is backed by the notebook at {place}")


def _or(value: Value, default: Value) -> Value:
    return default if value == NONE else value


TABLE: dict[str, Intrinsic] = {
    "dagstermill.define_dagstermill_asset": _define_asset,
    "dagstermill.define_dagstermill_op": _define_op,
}
"""The intrinsics of `dagstermill`."""
