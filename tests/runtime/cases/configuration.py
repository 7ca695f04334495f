"""Line 10: configuration of steps, with defaults, by class and by schema."""

from enum import Enum

import dagster as dg

SEEN = []


class Mode(Enum):
    FAST = "fast"
    SLOW = "slow"


class Inner(dg.Config):
    depth: int = 1


class Settings(dg.Config):
    rows: int = 3
    name: str = "n"
    ratio: float = 0.5
    tags: list[str] = []  # noqa: RUF012
    by_name: dict[str, int] = {}  # noqa: RUF012
    maybe: int | None = None
    inner: Inner = Inner()

    def label(self):
        return f"{self.name}-{self.rows}"


class Demanding(dg.Config):
    path: str


@dg.asset
def configured(config: Settings):
    SEEN.append((config.rows, config.name, config.ratio, config.tags, config.by_name, config.maybe))
    SEEN.append((config.inner.depth, config.label()))
    return config.rows


@dg.asset
def demanding(context, config: Demanding):
    SEEN.append((config.path, context.op_config))
    return config.path


@dg.asset(config_schema={"n": int, "m": dg.Field(int, default_value=7)})
def by_schema(context):
    SEEN.append(sorted(context.op_config.items()))
    return context.op_config["n"]


@dg.asset
def plain_config(config: dict):
    return config


@dg.op
def inner_op(config: Settings):
    return config.rows


@dg.op
def outer_op(x, config: Settings):
    return (x, config.name)


@dg.graph
def nested():
    return inner_op()


@dg.graph_asset
def in_graph():
    return outer_op(nested())


ASSETS = [configured, demanding, by_schema, in_graph]
REQUIRED = {
    "demanding": {"config": {"path": "p"}},
    "by_schema": {"config": {"n": 1}},
}
RUNS = [
    {"run_config": {"ops": REQUIRED}},
    {
        "run_config": {
            "ops": {
                **REQUIRED,
                "configured": {
                    "config": {
                        "rows": 5,
                        "name": "x",
                        "ratio": 2.5,
                        "tags": ["a"],
                        "by_name": {"a": 1},
                        "maybe": 4,
                        "inner": {"depth": 9},
                    }
                },
                "in_graph": {
                    "ops": {
                        "outer_op": {"config": {"name": "graph"}},
                        "nested": {"ops": {"inner_op": {"config": {"rows": 8}}}},
                    }
                },
            }
        }
    },
    {"run_config": {}},
    {"run_config": {"ops": {**REQUIRED, "configured": {"config": {"rows": "many"}}}}},
    {"run_config": {"ops": {**REQUIRED, "configured": {"config": {"unknown": 1}}}}},
    {"run_config": {"ops": {**REQUIRED, "by_schema": {"config": {"n": "x"}}}}},
    {"run_config": {"ops": {"demanding": {"config": {"path": "q"}}}}, "selection": [demanding]},
    {
        "run_config": dg.RunConfig(ops={"demanding": Demanding(path="objects")}),
        "selection": [demanding],
    },
]
