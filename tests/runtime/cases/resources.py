"""Line 10: resources, their life, environment variables, and resources within resources."""

import os

import dagster as dg

os.environ["ASSETGEN_TEST_NAME"] = "from the environment"
os.environ["ASSETGEN_TEST_NUMBER"] = "42"
SEEN = []


class Connection(dg.ConfigurableResource):
    name: str
    port: int = 5432

    def setup_for_execution(self, context):
        SEEN.append(("setup", self.name, self.port))

    def teardown_after_execution(self, context):
        SEEN.append(("teardown", self.name))

    def query(self, text):
        return f"{self.name}:{self.port}:{text}"


class Store(dg.ConfigurableResource):
    connection: Connection
    prefix: str = "s"

    def get(self, key):
        return self.prefix + self.connection.query(key)


class Unused(dg.ConfigurableResource):
    def setup_for_execution(self, context):
        SEEN.append("unused resources are not set up")


class Client:
    def __init__(self, base):
        self.base = base


@dg.resource(config_schema={"base": str})
def client(context):
    SEEN.append("open client")
    yield Client(context.resource_config["base"])
    SEEN.append("close client")


@dg.resource
def simple():
    return "simple"


@dg.asset
def by_parameter(connection: Connection):
    return connection.query("select")


@dg.asset(required_resource_keys={"connection", "plain"})
def by_context(context):
    return context.resources.connection.query("select"), context.resources.plain


@dg.asset
def nested(store: Store):
    return store.get("k")


@dg.asset
def raw(plain: dg.ResourceParam[str], by_parameter):
    return plain, by_parameter


@dg.asset(required_resource_keys={"client", "simple"})
def from_functions(context):
    return context.resources.client.base, context.resources.simple


@dg.asset
def failing(connection: Connection):
    raise ValueError


@dg.op
def op_with_resource(connection: Connection):
    return connection.name


@dg.graph_asset
def in_graph():
    return op_with_resource()


@dg.asset_check(asset=raw)
def checked(raw, connection: Connection):
    return dg.AssetCheckResult(passed=True, metadata={"name": connection.name})


class Unchecked(dg.ConfigurableResource):
    url: str = os.environ.get("ASSETGEN_TEST_NOTHING")
    rows: int | None = 4


@dg.asset
def defaults_are_not_checked(unchecked: Unchecked, emptied: Unchecked):
    return [unchecked.url, unchecked.rows, emptied.url, emptied.rows]


shared = Connection(
    name=dg.EnvVar("ASSETGEN_TEST_NAME"), port=dg.EnvVar.int("ASSETGEN_TEST_NUMBER")
)
ASSETS = [
    defaults_are_not_checked,
    by_parameter,
    by_context,
    nested,
    raw,
    from_functions,
    failing,
    in_graph,
    checked,
]
RESOURCES = {
    "connection": shared,
    "unchecked": Unchecked(),
    "emptied": Unchecked(rows=None),
    "store": Store(connection=Connection(name="inner")),
    "unused": Unused(),
    "plain": "a value",
    "client": client.configured({"base": "http"}),
    "simple": simple,
}
