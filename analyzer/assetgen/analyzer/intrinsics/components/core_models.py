"""Dagster's own types as written in YAML: asset keys, specs, checks, attributes, partitions."""

from __future__ import annotations

import ast
from collections.abc import Callable
from collections.abc import Mapping as ReadOnlyMapping

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import (
    NONE,
    Constant,
    External,
    Function,
    Mapping,
    Module,
    Record,
    Sequence,
    Value,
)
from assetgen.analyzer.intrinsics.components.load_contexts import LoadContext
from assetgen.analyzer.intrinsics.components.resolving import Maker, Resolution
from assetgen.analyzer.intrinsics.components.yaml_trees import entries, entry, is_null, text_of

Read = Callable[[Resolution, ast.expr], Value]


def asset_attributes(resolution: Resolution, node: ast.expr) -> dict[str, Value]:
    """The attributes that a mapping gives, by the parameters of `AssetSpec`."""
    return _fields(resolution, node, _ATTRIBUTES)


def _fields(
    resolution: Resolution, node: ast.expr, readers: ReadOnlyMapping[str, Read]
) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in entries(node):
        read = readers.get(name)
        if read is None:
            site = resolution.site.at(value)
            resolution.call.report("invalid-definition", f"there is no attribute `{name}`", site)
        elif is_null(value):
            found[name] = NONE
        else:
            found[name] = resolution.injected(value, read)
    return found


def _key(resolution: Resolution, node: ast.expr) -> Value:
    site = resolution.site.at(node)
    text = Constant(text_of(node))
    reader = External("dagster.AssetKey.from_user_string")
    if text == NONE:
        message = "an asset key is a string, with `/` between its parts"
        resolution.call.report("invalid-definition", message, site)
        return resolution.call.machine.unknown("told", message, site)
    return resolution.call.machine.call(reader, [text], {}, site)


def _keys(resolution: Resolution, node: ast.expr) -> Value:
    if isinstance(node, ast.Dict) or (isinstance(node, ast.Constant) and text_of(node) is None):
        message = "dependencies are a list of asset keys"
        site = resolution.site.at(node)
        resolution.call.report("invalid-definition", message, site)
        return resolution.call.machine.unknown("told", message, site)
    if not isinstance(node, ast.List):
        return resolution.plain(node)
    return Sequence("list", [resolution.injected(item, _key) for item in node.elts])


def _plain(resolution: Resolution, node: ast.expr) -> Value:
    return resolution.plain(node)


def _tags(resolution: Resolution, node: ast.expr) -> Value:
    """Values of tags are strings, whatever YAML reads them as."""
    tags = resolution.plain(node)
    if not isinstance(tags, Mapping):
        return tags
    made = Mapping(losses=list(tags.losses))
    for key, (own, value) in tags.entries.items():
        text = Constant(str(value.value)) if isinstance(value, Constant) else value
        made.entries[key] = (own, text)
    return made


_PARTITIONS = {
    "hourly": "dagster.HourlyPartitionsDefinition",
    "daily": "dagster.DailyPartitionsDefinition",
    "weekly": "dagster.WeeklyPartitionsDefinition",
    "time_window": "dagster.TimeWindowPartitionsDefinition",
    "static": "dagster.StaticPartitionsDefinition",
}
_RENAMED = {"time_window": {"start_date": "start", "end_date": "end"}}


def partitions_definition(resolution: Resolution, node: ast.expr) -> Value:
    """A partitions definition, from its `type` and its arguments in YAML. Raises Raised for a type
    that Dagster does not know."""
    site = resolution.site.at(node)
    kind = text_of(entry(node, "type")) or ""
    name = _PARTITIONS.get(kind)
    if kind and name is None and "{" not in kind:
        known = ", ".join(_PARTITIONS)
        raise Raised("pydantic.ValidationError", f"`{kind}` is not a type of partitions: {known}")
    if name is None:
        message = "the type of the partitions is not known"
        return resolution.call.machine.unknown("error", message, site)
    renamed = _RENAMED.get(kind, {})
    given = {
        renamed.get(key, key): resolution.plain(value)
        for key, value in entries(node)
        if key != "type"
    }
    return resolution.call.machine.call(External(name), [], given, site)


def backfill_policy(resolution: Resolution, node: ast.expr) -> Value:
    """`{type: single_run}`, `{type: multi_run, max_partitions_per_run: 3}`."""
    given = {key: resolution.plain(value) for key, value in entries(node) if key != "type"}
    kind = External(f"dagster.BackfillPolicy.{text_of(entry(node, 'type'))}")
    return resolution.call.machine.call(kind, [], given, resolution.site.at(node))


_ATTRIBUTES: ReadOnlyMapping[str, Read] = {
    "key": _key,
    "key_prefix": _plain,
    "deps": _keys,
    "description": _plain,
    "metadata": _plain,
    "group_name": _plain,
    "skippable": _plain,
    "code_version": _plain,
    "owners": _plain,
    "tags": _tags,
    "kinds": _plain,
    "automation_condition": _plain,
    "partitions_def": partitions_definition,
    "freshness_policy": _plain,
}
_CHECK: ReadOnlyMapping[str, Read] = {
    "name": _plain,
    "asset": _key,
    "additional_deps": _keys,
    "description": _plain,
    "blocking": _plain,
    "metadata": _plain,
    "automation_condition": _plain,
}
_OPERATION: ReadOnlyMapping[str, Read] = {
    "type": _plain,
    "name": _plain,
    "tags": _plain,
    "description": _plain,
    "pool": _plain,
    "backfill_policy": backfill_policy,
    "path": _plain,
    "args": _plain,
}


def _asset_spec(resolution: Resolution, node: ast.expr) -> Value:
    given = asset_attributes(resolution, node)
    return _called(resolution, node, "dagster.AssetSpec", given)


def _check_spec(resolution: Resolution, node: ast.expr) -> Value:
    given = _fields(resolution, node, _CHECK)
    return _called(resolution, node, "dagster.AssetCheckSpec", given)


def _called(resolution: Resolution, node: ast.expr, name: str, given: dict[str, Value]) -> Value:
    """A constructor called as if the mapping were its call, so that its arguments have places."""
    return resolution.call.machine.call(External(name), [], given, written(resolution, node))


def written(resolution: Resolution, node: ast.expr) -> Site:
    """The place of a mapping as if it were a call with its entries as keywords."""
    keywords = [ast.keyword(key, value) for key, value in entries(node)]
    call = ast.Call(ast.Name("_", ast.Load()), [], keywords)
    return resolution.site.at_made(ast.copy_location(call, node))


def _attributes(resolution: Resolution, node: ast.expr) -> Value:
    return _mapping(asset_attributes(resolution, node))


def _mapping(names: dict[str, Value]) -> Mapping:
    made = Mapping()
    for name, value in names.items():
        made.entries[("constant", name)] = (Constant(name), value)
    return made


def _function(resolution: Resolution, node: ast.expr) -> Value:
    """A function by its dotted name; one that starts with a dot is relative to the file."""
    call, site, text = resolution.call, resolution.site.at(node), text_of(node) or ""
    if text.startswith("."):
        text = resolution.context.package + text
    module, _, name = text.rpartition(".")
    found = call.machine.import_module(module)
    if isinstance(found, Module):
        function = call.machine.find_attribute(found, name, site)
        if function is not None:
            return function
        raise Raised("builtins.AttributeError", f"there is no function {name} in {module}")
    message = f"there is no function {text} in the project"
    if is_lacking(call, resolution.context, module):
        raise Raised("builtins.ModuleNotFoundError", message)
    return call.machine.unknown("file", message, site)


def is_lacking(call: Call, context: LoadContext, module: str) -> bool:
    """Whether a module would have to be in the package of the definitions, but is not."""
    package = context.package.partition(".")[0]
    is_inside = module == package or module.startswith(f"{package}.")
    return bool(package) and is_inside and call.machine.project.find_module(module) is None


def _function_spec(resolution: Resolution, node: ast.expr) -> Value:
    """What runs a function: its name alone, or with the options of an op."""
    if not isinstance(node, ast.Dict):
        function = _function(resolution, node)
        name = Constant(function.name) if isinstance(function, Function) else NONE
        return _mapping({"fn": function, "name": name})
    return _mapping(_fields(resolution, node, {**_OPERATION, "fn": _function}))


def _op_spec(resolution: Resolution, node: ast.expr) -> Value:
    if not isinstance(node, ast.Dict):
        return resolution.plain(node)
    return options_record("dagster.OpSpec", _fields(resolution, node, _OPERATION))


def _script_spec(resolution: Resolution, node: ast.expr) -> Value:
    text = text_of(node)
    if text is not None and "{" not in text:
        raise Raised("pydantic.ValidationError", f"a script is `path: {text}`, not its path alone")
    return _op_spec(resolution, node)


def options_record(name: str, given: ReadOnlyMapping[str, Value]) -> Record:
    """The options of an op, as an object whose other fields are None."""
    return Record(name, {**dict.fromkeys(_OPTIONS, NONE), **given})


_OPTIONS = ("name", "tags", "description", "pool", "backfill_policy")


MAKERS: ReadOnlyMapping[str, Maker] = {
    "dagster.ResolvedAssetKey": _key,
    "dagster.ResolvedAssetSpec": _asset_spec,
    "dagster.ResolvedAssetCheckSpec": _check_spec,
    "dagster.ResolvedAssetAttributes": _attributes,
    "dagster.AssetAttributesModel": _attributes,
    "dagster.FunctionSpec": _function_spec,
    "dagster.ResolvableCallable": _function,
    "dagster.ScriptSpec": _script_spec,
    "dagster.OpSpec": _op_spec,
    "dagster.SqlTemplate": lambda resolution, node: resolution.raw(node),
}
"""For each of Dagster's types, by qualified name, what makes one from an expression in YAML."""
