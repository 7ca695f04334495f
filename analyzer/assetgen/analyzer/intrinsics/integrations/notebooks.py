"""`dagstermill`: an asset computed by a notebook."""

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
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Parameters
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
    machine = call.machine
    kwargs = {name: bound[name] for name in _PASSED if bound[name] != NONE}
    kwargs["output_required"] = FALSE
    kwargs["io_manager_key"] = (
        bound["io_manager_key"]
        if bound["io_manager_key"] != NONE
        else Constant("output_notebook_io_manager")
    )
    if bound["asset_tags"] != NONE:
        kwargs["tags"] = bound["asset_tags"]
    path = Doubts().text(bound["notebook_path"])
    kwargs["description"] = bound["description"]
    if bound["description"] == NONE:
        kwargs["description"] = (
            Constant(f"This asset is backed by the notebook at {machine.shown(path)}")
            if path is not None
            else call.unknown("file", "the path of the notebook", bound["notebook_path"])
        )
    decorated = machine.call(External("dagster.asset"), [], kwargs, call.site)
    if isinstance(decorated, Unknown):
        return decorated
    return machine.call(decorated, [_function(call, bound["ins"])], {}, call.site)


def _function(call: Call, ins: Value) -> Value:
    """What dagstermill puts under `@asset`: a function of its context and the inputs."""
    names = [name for name, _ in ins.text_entries()] if isinstance(ins, Mapping) else []
    parameters = [name for name in names if name.isidentifier()]
    node = ast.parse(f"def notebook(context, {', '.join(parameters)}): ...").body[0]
    assert isinstance(node, ast.FunctionDef)
    for child in ast.walk(node):
        call.site.place(child)
    return Function(node, Scope("function", {}), call.site.module, "notebook")


TABLE: dict[str, Intrinsic] = {"dagstermill.define_dagstermill_asset": _define_asset}
"""The intrinsics of `dagstermill`."""
