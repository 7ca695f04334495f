"""What IO managers give back, and what they are told of the steps on both sides."""

import dagster as dg

SEEN = []
KEPT = {}


class Telling(dg.ConfigurableIOManager):
    way: str

    def handle_output(self, context, obj):
        if self.way == "text":
            return "a path"
        if self.way == "list":
            return [{"rows": 3}]
        if self.way == "event":
            return dg.AssetMaterialization("beside", metadata={"x": 1})
        return {"rows": 3} if self.way == "mapping" else None

    def load_input(self, context):
        return 0


class Yielding(dg.ConfigurableIOManager):
    last: str = "event"

    def handle_output(self, context, obj):
        yield {"rows": 4}
        if self.last == "event":
            yield dg.AssetMaterialization("beside_too")
        else:
            yield dg.AssetObservation("beside")

    def load_input(self, context):
        return 0


class Shelf(dg.ConfigurableIOManager):
    def handle_output(self, context: dg.OutputContext, obj):
        name = context.asset_key.path if context.has_asset_key else context.step_key
        SEEN.append(("put", name, context.name, context.step_key))
        KEPT[str(name)] = obj

    def load_input(self, context: dg.InputContext):
        made = context.upstream_output
        name = made.asset_key.path if made.has_asset_key else made.step_key
        SEEN.append(("get", name, context.name, made.name, made.step_key, context.has_asset_key))
        return KEPT[str(name)]


MANAGERS = {
    **{way: Telling(way=way) for way in ("text", "list", "event", "mapping", "nothing")},
    "yielding": Yielding(),
    "observing": Yielding(last="observation"),
}


def kept_by(manager):
    @dg.asset(name=f"kept_by_{manager}", io_manager_key=manager)
    def kept():
        return 1

    return kept


@dg.asset(io_manager_key="shelf")
def first():
    return 4


@dg.asset(io_manager_key="shelf", ins={"renamed": dg.AssetIn("first")})
def second(renamed):
    return [renamed]


@dg.op(out=dg.Out(io_manager_key="shelf"))
def one(taken):
    return taken


@dg.op
def two(given):
    return given


@dg.graph_asset
def graphed(second):
    return two(one(second))


ASSETS = [*map(kept_by, MANAGERS), first, second, graphed]
RESOURCES = {**MANAGERS, "shelf": Shelf()}
RUNS = [{}, {"selection": [second]}]
