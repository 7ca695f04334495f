"""Line 10: checks of configurations that pydantic's decorators mark."""

import dagster as dg
import pydantic
from pydantic import field_validator, model_validator

SEEN = []


class Window(dg.Config):
    start: str
    days: int = 3
    label: str = " Wide "

    @field_validator("start")
    @classmethod
    def is_a_date(cls, value):
        if value.count("-") != 2:
            raise ValueError("not a date")
        return value

    @field_validator("days", "label", mode="before")
    @classmethod
    def tidy(cls, value, info):
        known = f"{info.field_name} after {sorted(info.data)}"
        return f"{value.strip().lower()} {known}" if isinstance(value, str) else value

    @pydantic.field_validator("days")
    @classmethod
    def few(cls, value):
        assert value < 10, "too many"
        return value * 2

    @model_validator(mode="after")
    def whole(self):
        if self.label.startswith("bad "):
            raise ValueError("bad label")
        return self


class Narrow(Window):
    @model_validator(mode="before")
    @classmethod
    def filled(cls, data):
        return {**data, "start": data.get("start", "2024-01-01")}


class Store(dg.ConfigurableResource):
    place: str
    size: int = 1

    @field_validator("place")
    @classmethod
    def below(cls, value):
        return value.rstrip("/")


@dg.asset
def one(config: Window):
    return config.start, config.days, config.label


@dg.asset
def two(config: Narrow):
    return config.start, config.days, config.label


@dg.asset
def placed(store: Store):
    return store.place, store.size


ASSETS = [one, two, placed]
RESOURCES = {"store": Store(place="a/b//")}


def of(**values):
    return {"run_config": {"ops": {"one": {"config": values}}}, "selection": [one]}


RUNS = [
    of(start="2024-01-02"),
    of(start="2024-01-02", days=4, label="X "),
    of(start="soon"),
    of(start="2024-01-02", days=11),
    of(start="2024-01-02", label="BAD"),
    {"selection": [placed]},
    {"selection": [two], "run_config": {"ops": {"two": {"config": {"start": "2024-02-01"}}}}},
]
