"""What the configuration of a job says of its ops, resources, executor and loggers."""

from __future__ import annotations

from assetgen.analyzer.evaluate.call import Call
from assetgen.analyzer.evaluate.site import Site
from assetgen.analyzer.evaluate.values import Mapping, Record, Value
from assetgen.analyzer.intrinsics.arguments import Bound
from assetgen.analyzer.intrinsics.dagster.declared.jobs import JobConfig
from assetgen.analyzer.intrinsics.dagster.keys import is_given
from assetgen.analyzer.intrinsics.dagster.places import argument_place, entry_place
from assetgen.analyzer.model.copies import replace


def config_of_job(call: Call, bound: Bound) -> JobConfig | None:
    """The sections of the configuration; anything else is reported, if Dagster refuses it.

    None for no configuration, and for one that is not known.
    """
    config, place = bound["config"], argument_place(call, "config")
    sections: dict[str, tuple[Value, Site]]
    if isinstance(config, Record) and config.qualname == "dagster.RunConfig":
        if config.losses:
            return None
        given = {**dict(zip(_POSITIONS, config.args, strict=False)), **config.fields}
        made = replace(call, site=config.site or place)
        sections = {
            name: (value, argument_place(made, name))
            for name, value in given.items()
            if is_given(value)
        }
    elif isinstance(config, Mapping) and not config.losses:
        sections = {key: (value, entry_place(place, key)) for key, value in config.text_entries()}
        place = entry_place(place, "ops")
    else:
        return None
    for key, (_, at) in sections.items():
        if key not in _SECTIONS:
            if not call.machine.project.has_dagster_before(1, 0):  # which has `solids`
                listed = ", ".join(_SECTIONS)
                message = f"`{key}` is not part of the configuration of a job, which has {listed}"
                call.report("job-config", message, at)
            return None
    ops, _ = sections.pop("ops", (None, place))
    executor, loggers = (bound.get(name) for name in ("executor_def", "logger_defs"))
    return JobConfig(
        ops,
        place,
        sections,
        has_executor=executor is not None and is_given(executor),
        has_loggers=loggers is not None and is_given(loggers),
    )


_SECTIONS = ("ops", "resources", "execution", "loggers", "inputs")
_POSITIONS = ("ops", "resources", "loggers", "execution")
