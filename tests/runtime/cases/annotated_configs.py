"""Line 10: what pydantic finds in ``Annotated`` fields of configurations."""

from typing import Annotated

import dagster as dg
from pydantic import AfterValidator, BeforeValidator, Field, PositiveInt, StringConstraints

SEEN = []


def positive(value):
    if value <= 0:
        raise ValueError("must be positive")
    return value * 2


def stripped(value):
    return value.strip() if isinstance(value, str) else value


class Limits(dg.Config):
    n: Annotated[int, AfterValidator(positive), AfterValidator(lambda value: value + 1)] = 5
    name: Annotated[str, BeforeValidator(stripped), Field(min_length=2)] = "xy"
    low: Annotated[int, Field(le=10, default=4)]
    many: PositiveInt = 1
    listed: list[Annotated[int, AfterValidator(positive)]] = []  # noqa: RUF012
    code: Annotated[str, StringConstraints(to_upper=True, max_length=3)] = "abc"


@dg.asset
def limited(config: Limits):
    SEEN.append((config.n, config.name, config.low, config.many, config.listed, config.code))


def given(**config):
    return {"run_config": {"ops": {"limited": {"config": config}}}}


ASSETS = [limited]
RUNS = [
    {},
    given(n=3, name="  ab ", listed=[1, 2], code="xyz"),
    given(n=-3),
    given(name=" a "),
    given(low=11),
    given(low=9, many=2),
    given(many=0),
    given(listed=[1, -2]),
    given(code="long"),
    given(n="three"),
    given(listed=["x"]),
]
