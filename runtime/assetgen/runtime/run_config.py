"""A run's configuration: ``{"ops": {"<step>": {"config": {...}}}, "resources": {...}}``."""

import os
from collections.abc import Mapping
from typing import Any

from assetgen.runtime.declarations import Step
from assetgen.runtime.failures import PipelineError


def validate_config(step: Step, config: Mapping[str, Any]) -> Any:
    """The instance of the step's config class; PipelineError if its values do not fit.

    A step that takes a plain type (``config: dict``) gets the data as it is, one without
    configuration None.
    """
    if step.config is None and step.config_schema is None:
        return None
    given = given_config(step, config)
    if step.config_schema is not None:
        check_fields(step, given)
    if step.config is None:
        return None
    if step.config in PLAIN_TYPES:
        return given
    try:
        return step.config(**given)
    except Exception as error:
        raise PipelineError(f'the configuration of "{step.name}" does not fit: {error}') from error


def op_config(step: Step, config: Mapping[str, Any]) -> Any:
    """The step's configuration as plain data, with the defaults of its schema."""
    given = given_config(step, config)
    defaults = {
        name: field.default_value
        for name, field in (step.config_schema or {}).items()
        if getattr(field, "has_default", False)
    }
    return {**defaults, **given}


def given_config(step: Step, config: Mapping[str, Any]) -> dict[str, Any]:
    """The values given for a step; ops inside a graph are found below the graph's ``ops``."""
    found: Any = config
    for name in step.name.split("."):
        found = (found.get("ops") or {}).get(name) or {}
    values = found.get("config") or {}
    if hasattr(values, "to_config"):
        values = values.to_config()
    return {name: from_environment(value) for name, value in values.items()}


def from_environment(value: Any) -> Any:
    """``{"env": "NAME"}`` means the value of an environment variable."""
    if isinstance(value, dict) and value.keys() == {"env"}:
        name = value["env"]
        if name not in os.environ:
            raise PipelineError(f"the environment variable {name} is not set")
        return os.environ[name]
    return value


def check_fields(step: Step, given: Mapping[str, Any]) -> None:
    """PipelineError if a value is missing, unknown or of another type than the schema says."""
    schema = step.config_schema or {}
    for name in given:
        if name not in schema:
            raise PipelineError(f'the configuration of "{step.name}" has no field "{name}"')
    for name, field in schema.items():
        expected = getattr(field, "config", field)
        if name not in given:
            if not getattr(field, "has_default", False) and getattr(field, "is_required", True):
                raise PipelineError(f'the configuration of "{step.name}" lacks "{name}"')
        elif expected in PLAIN_TYPES and not isinstance(given[name], expected):
            raise PipelineError(f'"{name}" of "{step.name}" is not of type {expected.__name__}')


PLAIN_TYPES = (str, int, float, bool, list, dict)
