"""A run's configuration: ``{"ops": {"<step>": {"config": {...}}}, "resources": {...}}``."""

import json
import os
from collections.abc import Mapping
from typing import Any

from assetgen.runtime.config.config_validators import OutsideLimits
from assetgen.runtime.model.declarations import Pipeline, Step
from assetgen.runtime.model.failures import PipelineError


def whole_config(pipeline: Pipeline, config: Mapping[str, Any]) -> Mapping[str, Any]:
    """The configuration of a run with what the pipeline says of it."""
    defaults = pipeline.defaults
    if hasattr(defaults, "to_config_dict"):
        defaults = defaults.to_config_dict()
    return with_fixed(with_fixed(defaults, config), pipeline.config)


def run_tags(pipeline: Pipeline) -> dict[str, str]:
    """What the pipeline tags its runs with; what is no text is written as JSON."""
    given = (pipeline.tags or {}).items()
    return {name: each if isinstance(each, str) else json.dumps(each) for name, each in given}


def with_fixed(config: Mapping[str, Any], fixed: Mapping[str, Any]) -> Mapping[str, Any]:
    """A configuration with what is fixed in it."""
    if not fixed:
        return config
    made = dict(config)
    for name, value in fixed.items():
        inner = made.get(name)
        within = isinstance(value, Mapping) and isinstance(inner, Mapping)
        made[name] = with_fixed(inner, value) if within else value  # type: ignore[arg-type]
    return made


def validate_config(step: Step, config: Mapping[str, Any]) -> Any:
    """The instance of the step's config class; PipelineError if its values do not fit.

    A step that takes a plain type (``config: dict``) gets the data as it is, one without
    configuration None. What is outside of a field's limits raises OutsideLimits: as in Dagster
    it is the step that fails, and not the run that is refused.
    """
    if step.config_schema is not None:
        op_config(step, config)
    if step.config is None:
        return None
    given = given_config(step, config)
    if step.config in PLAIN_TYPES:
        return given
    try:
        make = getattr(step.config, "configured", None)
        return make(given, entry_of(step, config)) if make else step.config(**given)
    except OutsideLimits:
        raise
    except Exception as error:
        raise PipelineError(f'the configuration of "{step.name}" does not fit: {error}') from error


def check_config(step: Step, config: Mapping[str, Any]) -> None:
    """PipelineError or OutsideLimits if what a step is configured with does not fit."""
    for source in step.inputs:
        if source.configured:
            source.given(step, config)
    if step.config is not None or step.config_schema is not None:
        validate_config(step, config)


def op_config(step: Step, config: Mapping[str, Any]) -> Any:
    """The step's configuration as plain data, with the defaults of its schema."""
    if step.config_schema is None:
        if step.config is None:
            return given_config(step, config) or None
        made = validate_config(step, config)
        return made.model_dump() if hasattr(made, "model_dump") else made
    try:
        return step.config_schema.fitted(entry_of(step, config).get("config", ...))
    except ValueError as error:
        raise PipelineError(f'the configuration of "{step.name}" does not fit: {error}') from error


def given_config(step: Step, config: Mapping[str, Any]) -> dict[str, Any]:
    """The values given for the fields of a step."""
    values = entry_of(step, config).get("config") or {}
    if hasattr(values, "to_config"):
        values = values.to_config()
    return {name: from_environment(value) for name, value in values.items()}


def entry_of(step: Step, config: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is said of a step; ops inside a graph are found below the graph's ``ops``."""
    found: Any = config
    for name in step.name.split("."):
        found = (found.get("ops") or {}).get(name) or {}
    return found  # type: ignore[no-any-return]


def from_environment(value: Any) -> Any:
    """``{"env": "NAME"}`` means the value of an environment variable."""
    if isinstance(value, dict) and value.keys() == {"env"}:
        name = value["env"]
        if name not in os.environ:
            raise PipelineError(f"the environment variable {name} is not set")
        return os.environ[name]
    return value


PLAIN_TYPES = (str, int, float, bool, list, dict)
