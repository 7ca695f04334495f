"""Line 10: configuration by schema: defaults, nesting, lists, single values, what does not fit."""

import dagster as dg

SEEN = []


@dg.asset(
    config_schema={
        "n": int,
        "ratio": dg.Field(float, default_value=0.5),
        "maybe": dg.Field(str, is_required=False),
        "inner": {"flag": dg.Field(bool, default_value=True), "words": dg.Field([str], ["a"])},
        "any": dg.Field(dict, default_value={}),
        "deep": dg.Field({"x": dg.Field(int, default_value=1)}),
    }
)
def nested(context):
    SEEN.append(context.op_config)


@dg.asset(config_schema=int)
def single(context):
    SEEN.append(context.op_config)


@dg.asset(config_schema=dg.Field(str, default_value="told"))
def told(context):
    SEEN.append(context.op_config)


@dg.op(config_schema={"by": dg.Field(int, default_value=2)})
def times(context, value):
    return value * context.op_config["by"]


@dg.op
def one():
    return 1


@dg.graph_asset
def product():
    return times(one())


ASSETS = [nested, single, told, product]
GIVEN = {"nested": {"config": {"n": 1}}, "single": {"config": 3}}


def changed(step, config):
    return {"run_config": {"ops": {**GIVEN, step: {"config": config}}}}


RUNS = [
    {"run_config": {"ops": GIVEN}},
    changed("nested", {"n": 2, "ratio": 1, "maybe": "m", "inner": {"words": []}}),
    changed("nested", {"n": 2, "any": {"k": [1]}}),
    changed("nested", {"n": 2, "deep": {"x": 4}, "inner": {"flag": False}}),
    changed("nested", {"n": 2, "inner": {"flag": "no"}}),
    changed("nested", {"n": 2, "inner": {"other": True}}),
    changed("nested", {"n": True}),
    changed("nested", {"n": 1.0}),
    changed("nested", {"n": 2, "inner": {"words": "abc"}}),
    changed("nested", {"n": 2, "inner": {"words": [1]}}),
    changed("nested", {"n": 2, "any": 1}),
    changed("nested", {}),
    changed("single", "three"),
    changed("told", "otherwise"),
    {"run_config": {"ops": {**GIVEN, "product": {"ops": {"times": {"config": {"by": 9}}}}}}},
    {"run_config": {"ops": {"nested": GIVEN["nested"]}}},
]
