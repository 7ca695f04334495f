"""What the configuration of a job speaks of: the ops that it names."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Constant, Mapping, Record, Value
from assetgen.analyzer.intrinsics.dagster.places import argument_place, entry_place

Named = tuple[tuple[str, Site], ...]


def configured_ops(call: Call, config: Value) -> Named:
    """The ops that the `config` of a job names, each with its place; what else it holds is told
    where Dagster refuses it. Nothing of what is not known."""
    place = argument_place(call, "config")
    if isinstance(config, Record) and config.qualname == "dagster.RunConfig":
        return _names(config.fields.get("ops"), place)
    if not isinstance(config, Mapping) or config.losses:
        return ()
    for key, _ in config.text_entries():
        if key not in _SECTIONS:
            listed = ", ".join(_SECTIONS)
            message = f"`{key}` is no part of the configuration of a job: those are {listed}"
            call.report("job-config", message, entry_place(place, key))
    return _names(dict(config.text_entries()).get("ops"), entry_place(place, "ops"))


_SECTIONS = ("ops", "resources", "execution", "loggers", "inputs")


def _names(ops: Value | None, place: Site) -> Named:
    if not isinstance(ops, Mapping):
        return ()
    keys = [key.value for key, _ in ops.entries.values() if isinstance(key, Constant)]
    return tuple((key, entry_place(place, key)) for key in keys if isinstance(key, str))
