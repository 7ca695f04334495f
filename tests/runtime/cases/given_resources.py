"""What a run configures of a resource it configures as a whole, with the defaults of its schema."""

import dagster as dg


class Server(dg.ConfigurableResource):
    url: str
    port: int = 80
    path: str = "/"


@dg.resource(config_schema={"size": dg.Field(int, default_value=3), "name": dg.Noneable(str)})
def pool(context):
    return sorted(context.resource_config.items())


@dg.asset
def by_class(server: Server):
    return [server.url, server.port, server.path]


@dg.asset(required_resource_keys={"pool"})
def by_function(context):
    return context.resources.pool


class Settings(dg.Config):
    rows: int = 1


@dg.asset
def settings(context, config: Settings):
    return [config.rows, context.op_config]


@dg.asset
def without_settings(context):
    return [context.op_config]


ASSETS = [by_class, by_function, settings, without_settings]
RESOURCES = {"server": Server(url="local", path="/a"), "pool": pool}
RUNS = [
    {},
    {"run_config": {"resources": {"server": {"config": {"url": "far"}}}}},
    {"run_config": {"resources": {"server": {"config": {"port": 8080}}}}},
    {"run_config": {"resources": {"pool": {"config": {"size": 9, "name": "nine"}}}}},
    {"run_config": {"resources": {"pool": {"config": {"size": "many"}}}}},
    {"run_config": {"ops": {"settings": {"config": {"rows": 5}}}}},
]
