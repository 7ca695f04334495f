"""Values stored in the user's own way."""

import dagster as dg

SEEN = []
SHELF = {}


class Shelf(dg.IOManager):
    def handle_output(self, context, obj):
        SEEN.append(("put", context.asset_key.to_user_string(), context.has_partition_key))
        SHELF[tuple(context.asset_key.path)] = obj
        context.add_output_metadata({"size": len(str(obj))})

    def load_input(self, context):
        SEEN.append(("get", context.asset_key.to_user_string()))
        SEEN.append(context.upstream_output.asset_key.to_user_string())
        return SHELF[tuple(context.asset_key.path)]


class Configured(dg.ConfigurableIOManager):
    prefix: str

    def handle_output(self, context, obj):
        SHELF[(self.prefix, *context.asset_key.path)] = obj

    def load_input(self, context):
        return SHELF[(self.prefix, *context.asset_key.path)]


@dg.asset(io_manager_key="shelf", key_prefix="a")
def on_shelf():
    return "value"


@dg.asset(io_manager_key="configured", ins={"on_shelf": dg.AssetIn(key_prefix="a")})
def configured(on_shelf):
    return on_shelf + "!"


@dg.asset
def default(configured):
    return configured


@dg.asset(io_manager_key="shelf")
def nothing_stored() -> None:
    return None


@dg.multi_asset(outs={"m1": dg.AssetOut(io_manager_key="shelf"), "m2": dg.AssetOut()})
def two():
    return 1, 2


@dg.asset
def reads_two(m1, m2):
    return m1 + m2


ASSETS = [on_shelf, configured, default, nothing_stored, two, reads_two]
RESOURCES = {"shelf": Shelf(), "configured": Configured(prefix="p")}
