"""`dagster_sling`: one asset for each stream of a replication."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, ClassVar, Final

from assetgen.analyzer.evaluate.budget import Raised
from assetgen.analyzer.evaluate.call import Call, Intrinsic
from assetgen.analyzer.evaluate.values import (
    NONE,
    TRUE,
    Class,
    Constant,
    Declared,
    Instance,
    Mapping,
    Record,
    Sequence,
    Unknown,
    Value,
)
from assetgen.analyzer.intrinsics.arguments import Bound, Parameters
from assetgen.analyzer.intrinsics.dagster.attributes.attributes import read_attributes
from assetgen.analyzer.intrinsics.dagster.automation.automation import ConditionValue
from assetgen.analyzer.intrinsics.dagster.declared.keys import KeyValue
from assetgen.analyzer.intrinsics.dagster.declared.specs import SpecValue
from assetgen.analyzer.intrinsics.dagster.functions.decorating import decorator
from assetgen.analyzer.intrinsics.dagster.plain import Doubts, why
from assetgen.analyzer.intrinsics.integrations.dbt_project.lost import Lost, first_lost
from assetgen.analyzer.intrinsics.integrations.dbt_project.reading import read_yaml
from assetgen.analyzer.intrinsics.integrations.older_methods import resolved_method
from assetgen.analyzer.intrinsics.integrations.plain_data import data_of, value_of
from assetgen.analyzer.intrinsics.integrations.specs_of import lost_assets, multi_asset_of
from assetgen.analyzer.intrinsics.integrations.translated_specs import spec_of, translated_spec
from assetgen.analyzer.model.copies import replace
from assetgen.analyzer.model.dataclass import dataclass
from assetgen.analyzer.model.keys import AssetKey
from assetgen.analyzer.project.disk import Refused

TRANSLATOR: Final = "dagster_sling.DagsterSlingTranslator"

Stream = dict[str, Any]
"""A stream definition: its name and its configuration."""


@dataclass(slots=True, eq=False)
class SlingTranslatorValue(Declared):
    """A `DagsterSlingTranslator` itself, rather than of a class of the project."""

    type_name: ClassVar[str] = TRANSLATOR

    target_prefix: Value

    def attribute(self, name: str) -> Value | None:
        return self.target_prefix if name == "target_prefix" else None


def sling_specs_of(
    call: Call, replication: Value, translator: Value = NONE
) -> tuple[SpecValue, ...] | Unknown:
    """The specs of the streams of a replication (a mapping, or the path of a YAML file)."""
    streams = sling_streams_of(call, replication, translator)
    return streams if isinstance(streams, Unknown) else tuple(spec for _, spec in streams)


def sling_streams_of(
    call: Call, replication: Value, translator: Value = NONE
) -> tuple[tuple[str, SpecValue], ...] | Unknown:
    """The streams of a replication by their names, each with its spec."""
    config = _replication(call, replication)
    if isinstance(config, Unknown):
        return config
    data = data_of(config)
    streams = data.get("streams", {}) if isinstance(data, dict) else data
    if not isinstance(streams, dict):
        return call.unknown("file", "the streams of the Sling replication", replication)
    code_version = _code_version(data)
    specs: list[tuple[str, SpecValue]] = []
    for name, own in streams.items():
        if isinstance(own, dict) and own.get("disabled"):
            continue
        stream = {"name": name, "config": _with_defaults(own, data)}
        spec = _translated(call, translator, stream)
        if not isinstance(spec, SpecValue):
            reason = why(spec) if isinstance(spec, Unknown) else "its translator gives no AssetSpec"
            message = f"the asset of Sling stream `{name}` is not known: {reason}"
            call.report("unresolved-asset", message)
            continue
        given: dict[str, Value] = {"skippable": TRUE}
        if _names_checkout(call, name):
            _tell_place(call, name)
        if spec.attributes.code_version is None:
            given["code_version"] = value_of(call, code_version)
        attributes = read_attributes(call, given, str(spec.key), spec.attributes)
        specs.append((str(name), replace(spec, attributes=attributes)))
    return tuple(specs)


def _names_checkout(call: Call, name: object) -> bool:
    """Whether a stream is named after the folder that the project happens to be checked out to."""
    return any(str(root) in str(name) for root in call.machine.files.roots)


def _tell_place(call: Call, name: object) -> None:
    source = str(name).rpartition("/")[2]
    message = f"the source `{source}` of a Sling stream has another key wherever the project lies"
    call.report("unresolved-dependency", message)


def _replication(call: Call, value: Value) -> Value:
    """A replication as a mapping; a file is read."""
    value = Doubts().first_option(value)
    if isinstance(value, Mapping):
        return value
    if not isinstance(value, Constant) or not isinstance(value.value, (str, PurePath)):
        return call.unknown("file", "the Sling replication", value)
    text = call.machine.files.read_text(value.value)
    if isinstance(text, Refused):
        shown = call.machine.shown(str(text.path))
        return call.unknown("file", f"`{shown}` is not read: {text.reason}")
    return value_of(call, read_yaml(text) or {})


def _code_version(data: Any) -> str | Lost:
    """The digest of the replication as Python prints it."""
    lost = first_lost(data)
    if lost is not None:
        return lost
    return hashlib.md5(str(data).encode(), usedforsecurity=False).hexdigest()


def _with_defaults(config: Any, replication: Any) -> Any:
    """A stream's configuration, completed by `meta.dagster` of the replication's defaults."""
    defaults = _table(
        _table(_table(_table(replication).get("defaults")).get("meta")).get("dagster")
    )
    if not defaults:
        return config
    if not config:
        return {"meta": {"dagster": defaults}}
    own = _table(config.get("meta"))
    merged = {**own, "dagster": {**defaults, **_table(own.get("dagster"))}}
    return {**config, "meta": merged}


def _translated(call: Call, translator: Value, stream: Stream) -> Value:
    data = value_of(call, stream)
    return translated_spec(call, translator, data, lambda: _default_spec(call, translator, stream))


def _default_spec(call: Call, translator: Value, stream: Stream) -> Value:
    values = {
        parameter: _part(call, translator, method, stream)
        for parameter, method in _PARAMETERS.items()
    }
    return spec_of(call, values, f"Sling stream {stream['name']}")


def _part(call: Call, translator: Value, method: str, stream: Stream) -> Value:
    own = call.own_method(translator, method)
    if own is not None:
        return call.invoke(own, value_of(call, stream))
    return value_of(call, _DEFAULTS[method](stream, _prefix(call, translator)))


def _prefix(call: Call, translator: Value) -> Any:
    if translator == NONE:
        return "target"
    found = call.find_attribute(translator, "target_prefix")
    return "target" if found is None else data_of(found)


# -- what the translator gives by default


def sanitized(name: str) -> str:
    """A stream's name in lower case, with `_` for any character but letters, digits, `_` and
    `.`."""
    return re.sub(r"[^A-Za-z0-9_.]+", "_", name.replace('"', "")).lower()


def _key(stream: Stream, prefix: Any) -> Any:
    written = _dagster(stream).get("asset_key")
    if written:
        return _written_key(str(written))
    name = _table(stream.get("config")).get("object") or _name(stream)
    if isinstance(name, Lost) or isinstance(prefix, Lost):
        return first_lost(name, prefix)
    return KeyValue(AssetKey((str(prefix), *sanitized(str(name)).split("."))))


def _deps(stream: Stream, prefix: Any) -> Any:
    written = _dagster(stream).get("deps")
    if written:
        names = [written] if isinstance(written, str) else list(written)
    else:
        names = [sanitized(str(_name(stream)))]
    keys = [_written_key(str(one)) for one in names]
    known: list[Value] = [key for key in keys if isinstance(key, KeyValue)]
    return first_lost(*keys) or Sequence("list", known)


def _name(stream: Stream) -> Any:
    """The name of a stream, which a definition made by hand may lack."""
    if "name" not in stream:
        raise Raised("builtins.KeyError", "'name'")
    return stream["name"]


def _written_key(text: str) -> KeyValue | Lost:
    """A key in the configuration, which dagster-sling refuses if it is not in normal form."""
    if sanitized(text) != text:
        message = f"the asset key `{text}` is refused: small letters, digits, `_` and `.` make one"
        return Lost(message)
    return KeyValue(AssetKey(tuple(text.split("."))))


def _description(stream: Stream, prefix: Any) -> Any:
    config = _table(stream.get("config"))
    return config["sql"] if "sql" in config else _dagster(stream).get("description")


def _metadata(stream: Stream, prefix: Any) -> Any:
    config = Record("dagster.MetadataValue.json", {}, (Constant(str(stream.get("config"))),))
    return {"stream_config": config}


def _group(stream: Stream, prefix: Any) -> Any:
    return _dagster(stream).get("group")


def _policy(stream: Stream, prefix: Any) -> Any:
    given = "auto_materialize_policy" in _dagster(stream)
    return ConditionValue("AutoMaterializePolicy.eager()") if given else None


def _dagster(stream: Stream) -> dict[str, Any]:
    return _table(_table(_table(stream.get("config")).get("meta")).get("dagster"))


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


_DEFAULTS: dict[str, Callable[[Stream, Any], Any]] = {
    "get_asset_key": _key,
    "get_deps_asset_key": _deps,
    "get_description": _description,
    "get_metadata": _metadata,
    "get_tags": lambda stream, prefix: {},
    "get_kinds": lambda stream, prefix: Sequence("set", [Constant("sling")]),
    "get_group_name": _group,
    "get_auto_materialize_policy": _policy,
}
_PARAMETERS: Final = {
    "key": "get_asset_key",
    "deps": "get_deps_asset_key",
    "description": "get_description",
    "metadata": "get_metadata",
    "tags": "get_tags",
    "kinds": "get_kinds",
    "group_name": "get_group_name",
    "auto_materialize_policy": "get_auto_materialize_policy",
}
"""The parameters of `AssetSpec`, and the translator's method that gives each."""


# -- rows

_INIT = Parameters("target_prefix='target'")


def _translator(call: Call) -> Value:
    return SlingTranslatorValue(_INIT.bind(call)["target_prefix"])


def _construct(call: Call) -> Value:
    receiver = call.receiver
    if isinstance(receiver, Class):
        receiver = Instance(receiver, {}, call.args, call.kwargs, call.site)
    if not isinstance(receiver, Instance):
        return NONE
    receiver.attributes["target_prefix"] = _INIT.bind(call)["target_prefix"]
    return receiver


def _initialise(call: Call) -> Value:
    _construct(call)
    return NONE


_STREAM = Parameters("stream_definition")


def _method(name: str) -> Intrinsic:
    def row(call: Call) -> Value:
        given = _STREAM.bind(call)["stream_definition"]
        stream = data_of(given)
        if not isinstance(stream, dict):
            return call.unknown("unsupported", "which Sling stream is meant", given)
        receiver = call.receiver if call.receiver is not None else NONE
        return value_of(call, _DEFAULTS[name](stream, _prefix(call, receiver)))

    return row


def _get_asset_spec(call: Call) -> Value:
    given = _STREAM.bind(call)["stream_definition"]
    stream = data_of(given)
    if not isinstance(stream, dict):
        return call.unknown("unsupported", "which Sling stream is meant", given)
    return _default_spec(call, call.receiver if call.receiver is not None else NONE, stream)


_NAME = Parameters("stream_name")


def _sanitize(call: Call) -> Value:
    name = Doubts().text(_NAME.bind(call)["stream_name"])
    if name is None:
        return call.unknown("unsupported", "the name of a Sling stream", *call.args)
    return Constant(sanitized(name))


_ASSETS = Parameters(
    "*, replication_config, dagster_sling_translator=None, name=None, partitions_def=None, "
    "backfill_policy=None, op_tags=None, pool=None"
)


def _sling_assets(call: Call, bound: Bound, function: Value) -> Value:
    specs = sling_specs_of(call, bound["replication_config"], bound["dagster_sling_translator"])
    if isinstance(specs, Unknown):
        return lost_assets(call, "sling_assets", specs)
    passed = ("name", "partitions_def", "op_tags", "pool")
    return multi_asset_of(call, bound, function, specs, (), passed, single_run=False)


TABLE: dict[str, Intrinsic] = {
    TRANSLATOR: _translator,
    f"{TRANSLATOR}.__construct__": _construct,
    f"{TRANSLATOR}.__init__": _initialise,
    f"{TRANSLATOR}.get_asset_spec": _get_asset_spec,
    f"{TRANSLATOR}.sanitize_stream_name": _sanitize,
    f"{TRANSLATOR}._resolve_back_compat_method": resolved_method,
    **{f"{TRANSLATOR}.{name}": _method(name) for name in _DEFAULTS},
    **{
        f"{TRANSLATOR}._default_{n[4:]}_fn": _method(n)
        for n in _DEFAULTS
        if n != "get_deps_asset_key"
    },
    f"{TRANSLATOR}._default_deps_fn": _method("get_deps_asset_key"),
    **decorator("dagster_sling.sling_assets", _ASSETS, None, _sling_assets),
}
"""The intrinsics of `dagster_sling`."""
