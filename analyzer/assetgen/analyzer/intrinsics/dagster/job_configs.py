"""What the configuration of a job says of its ops."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.values import Mapping, Record, Value
from assetgen.analyzer.intrinsics.dagster.declared.jobs import ConfigOfOps
from assetgen.analyzer.intrinsics.dagster.places import argument_place, entry_place


def config_of_ops(call: Call, config: Value) -> ConfigOfOps | None:
    """What `config` says of the ops of the job; what else it holds is told where Dagster refuses
    it. None for no configuration, and for one that is not known."""
    place = argument_place(call, "config")
    if isinstance(config, Record) and config.qualname == "dagster.RunConfig":
        given = config.args[0] if config.args else config.fields.get("ops")
        return None if config.losses else ConfigOfOps(given, place)
    if not isinstance(config, Mapping) or config.losses:
        return None
    for key, _ in config.text_entries():
        if key not in _SECTIONS:
            listed = ", ".join(_SECTIONS)
            message = f"`{key}` is no part of the configuration of a job: those are {listed}"
            call.report("job-config", message, entry_place(place, key))
            return None
    return ConfigOfOps(dict(config.text_entries()).get("ops"), entry_place(place, "ops"))


_SECTIONS = ("ops", "resources", "execution", "loggers", "inputs")
