"""Values loaded by other means than they were stored, and assets that somebody else stores."""

import dagster as dg

SEEN = []


class Const(dg.ConfigurableIOManager):
    value: int = 3

    def handle_output(self, context, obj):
        SEEN.append(("put", context.asset_key.to_user_string()))

    def load_input(self, context):
        return self.value + len(context.asset_key.path)


class Reader(dg.InputManager):
    def load_input(self, context):
        return "read " + context.asset_key.to_user_string()


@dg.input_manager
def shouting(context):
    return f"LOUD {context.asset_key.to_user_string()}"


@dg.input_manager
def reading():
    return Reader()


@dg.asset
def base():
    return "b"


@dg.asset(ins={"base": dg.AssetIn(input_manager_key="loud")})
def loud(base):
    SEEN.append(base)


@dg.asset(ins={"base": dg.AssetIn(input_manager_key="quiet")})
def quiet(base):
    SEEN.append(base)


outside = dg.SourceAsset(key=dg.AssetKey(["src", "one"]), io_manager_key="const")


@dg.asset(io_manager_key="const")
def kept():
    return 1


@dg.asset(ins={"one": dg.AssetIn(key=["src", "one"])})
def uses(one, kept):
    SEEN.append((one, kept))


ASSETS = [base, loud, quiet, outside, kept, uses]
RESOURCES = {"loud": shouting, "quiet": reading, "const": Const(value=10)}
RUNS = [{}, {"selection": [loud]}, {"selection": [uses]}]
