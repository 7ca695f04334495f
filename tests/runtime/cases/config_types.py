"""Line 10: the kinds of configuration that a schema can say."""

import dagster as dg

SEEN = []


@dg.asset(
    config_schema=dg.Shape(
        {
            "paths": dg.Field(dg.Array(str), is_required=False, default_value=["a"]),
            "maybe": dg.Field(dg.Noneable(int), default_value=None),
            "more": dg.Field(dg.Permissive({"x": dg.Field(int, default_value=1)})),
            "way": dg.Field(
                dg.Selector({"file": {"path": str}, "none": {}}),
                is_required=False,
            ),
            "by_name": dg.Field(dg.Map(str, int), default_value={"a": 1}),
            "text": dg.Field(dg.StringSource, default_value="plain"),
            "number": dg.Field(dg.IntSource, default_value=3),
        }
    )
)
def shaped(context):
    SEEN.append(context.op_config)


@dg.asset(config_schema={"any": dg.Permissive(), "words": [str], "none": dg.Noneable(str)})
def open_to_all(context):
    SEEN.append(context.op_config)


ONE = {"x": dg.Field(int, default_value=1)}


@dg.asset(
    config_schema={
        "open": dg.Field(dg.Permissive(ONE), default_value={"y": 2}),
        "text": dg.Field(dg.StringSource, default_value={"env": "HOME"}),
        "shape": dg.Field(ONE, default_value={}),
        "way": dg.Field(dg.Selector({"a": dg.Field(ONE), "b": int}), default_value={"a": {}}),
        "several": dg.Field([ONE], default_value=[{}]),
        "by_name": dg.Field(dg.Map(str, ONE), default_value={"k": {}}),
        "maybe": dg.Field(dg.Noneable(ONE), default_value={}),
        "share": dg.Field(float, default_value=2),
        "given": dg.Field(float, default_value=1.5),
    }
)
def by_default(context):
    return list(context.op_config.items())


FULL = {"any": {"a": [1]}, "words": ["x"], "none": None}


def given(shaped, others=None):
    steps = {
        "shaped": {"config": shaped},
        "open_to_all": {"config": others or FULL},
        "by_default": {"config": {"given": 3}},
    }
    return {"run_config": {"ops": steps}}


ASSETS = [shaped, open_to_all, by_default]
RUNS = [
    given({}),
    given({"more": {"y": 2}, "maybe": 4, "way": {"file": {"path": "p"}}, "by_name": {}}),
    given({"way": {"none": {}}, "more": {"x": 3}, "paths": []}),
    given({"way": {"file": {"path": "p"}, "none": {}}}),
    given({"way": {}}),
    given({"way": {"other": {}}}),
    given({"paths": [1]}),
    given({"maybe": "x"}),
    given({"more": {"x": "y"}}),
    given({"by_name": {"a": "b"}}),
    given({"other": 1}),
    given({"text": {"env": "HOME_OF_NOBODY"}}),
    given({"number": 7, "text": "t"}),
    given({"number": "seven"}),
    given({}, {"any": {}, "words": [], "none": "n"}),
    given({}, {"words": [], "none": "n"}),
    given({}, {"any": 1, "words": [], "none": "n"}),
]
