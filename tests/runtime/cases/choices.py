"""Fields of a configuration that take one of several classes, told apart by a kind."""

from typing import Annotated, Literal

import dagster as dg
from pydantic import Field


class Fast(dg.Config):
    kind: Literal["fast"] = "fast"
    speed: int = 3


class Slow(dg.Config):
    kind: Literal["slow"] = "slow"


class Journey(dg.Config):
    mode: Fast | Slow = Field(default=Slow(), discriminator="kind")
    back: Annotated[Fast | Slow, Field(discriminator="kind")]


@dg.asset
def journey(config: Journey):
    return [
        (type(each).__name__, getattr(each, "speed", None)) for each in (config.mode, config.back)
    ]


def chosen(**fields):
    return {"run_config": {"ops": {"journey": {"config": fields}}}}


RUNS = [
    chosen(mode={"fast": {"speed": 5}}, back={"slow": {}}),
    chosen(back={"fast": {}}),
    chosen(mode={"fast": {"speed": "high"}}, back={"slow": {}}),
    chosen(mode={"flying": {}}, back={"slow": {}}),
    chosen(mode={"fast": {}}),
]

ASSETS = [journey]
