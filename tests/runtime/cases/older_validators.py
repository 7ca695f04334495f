"""Line 10: checks of configurations that pydantic's older decorators mark."""

import warnings

import dagster as dg
import pydantic

SEEN = []

with warnings.catch_warnings():
    warnings.simplefilter("ignore")

    class Window(dg.Config):
        start: str = " first "
        kind: str = "all"

        @pydantic.validator("start", pre=True)
        def tidy(cls, value):
            return value.strip()

        @pydantic.validator("kind")
        @classmethod
        def known(cls, value):
            if value not in ("all", "some"):
                raise ValueError("not known")
            return value.upper()

        @pydantic.root_validator(pre=True)
        @classmethod
        def whole(cls, values):
            if values.get("start") == "never":
                raise ValueError("it never starts")
            return values


@dg.asset
def window(config: Window):
    SEEN.append((config.start, config.kind))


def given(**config):
    return {"run_config": {"ops": {"window": {"config": config}}}}


ASSETS = [window]
RUNS = [{}, given(start=" a "), given(kind="some"), given(kind="none"), given(start="never")]
