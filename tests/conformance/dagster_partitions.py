"""The partitions that Dagster makes of a class name and arguments, as a JSON document."""

import datetime
import re
from collections.abc import Mapping
from typing import Any

import dagster
from dagster_graph import partitions_document


def built_partitions_document(described: Mapping[str, Any]) -> Any:
    """`described` is assetgen's form: kind, parameters, dimensions."""
    return {"partitions": partitions_document(build(described["partitions"]))}


def build(described: Mapping[str, Any]) -> Any:
    arguments = {name: argument(value) for name, value in described["parameters"].items()}
    if described["dimensions"]:
        arguments["partitions_defs"] = {
            name: build(value) for name, value in described["dimensions"].items()
        }
    made = getattr(dagster, described["kind"])
    try:
        return made(**arguments)
    except ValueError:  # a text that is no date in the class's own format was a datetime
        return made(**{name: moment(value) for name, value in arguments.items()})


def argument(value: Any) -> Any:
    """Plain data as it is; a date or time that is shown as text, made again."""
    if isinstance(value, list):
        return [argument(each) for each in value]
    if isinstance(value, dict) and set(value) == {"shown"}:
        name, _, arguments = value["shown"].rstrip(")").partition("(")
        made = getattr(datetime, name.rpartition(".")[2])
        return made(*(int(each) for each in arguments.split(",")))
    return value


def moment(value: Any) -> Any:
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return datetime.datetime.fromisoformat(value)
    return value


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")
