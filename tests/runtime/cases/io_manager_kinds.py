"""IO managers of Dagster's own, and what an input's metadata tells one."""

import dagster as dg

SEEN = []
letters = dg.StaticPartitionsDefinition(["a", "b"])
grid = dg.MultiPartitionsDefinition({"x": letters, "y": letters})


class Told(dg.IOManager):
    def handle_output(self, context, obj):
        SEEN.append((context.asset_key.path, dict(context.definition_metadata)))

    def load_input(self, context):
        SEEN.append((context.name, dict(context.metadata), dict(context.definition_metadata)))
        SEEN.append(dict(context.upstream_output.definition_metadata))
        return 7


@dg.asset(io_manager_key="memory")
def shared():
    return [1]


@dg.asset(io_manager_key="memory")
def changes(shared):
    shared.append(2)
    return shared


@dg.asset
def sees(shared, changes):
    return shared, changes, shared is changes


@dg.asset(io_manager_key="told", metadata={"owner": "me"})
def described():
    return 1


@dg.asset(ins={"described": dg.AssetIn(metadata={"columns": ["x", "y"], "deep": {"k": None}})})
def reads_described(described):
    return described


@dg.asset(io_manager_key="files")
def filed():
    return {"a": 1}


@dg.asset(io_manager_key="usual", partitions_def=grid)
def cell(context):
    return str(context.partition_key)


@dg.asset(ins={"cell": dg.AssetIn(metadata={"allow_missing_partitions": True})})
def cells(cell):
    return cell


@dg.asset
def reads_files(filed):
    return filed


ASSETS = [
    shared,
    changes,
    sees,
    described,
    reads_described,
    filed,
    reads_files,
    cell,
    cells,
]
RESOURCES = {
    "memory": dg.InMemoryIOManager(),
    "told": Told(),
    "files": dg.fs_io_manager,
    "usual": dg.FilesystemIOManager(),
}
RUNS = [
    {"selection": [shared, changes, sees, described, reads_described, filed, reads_files]},
    {"partition_key": "a|b", "selection": [cell]},
    {"partition_key": "b|a", "selection": [cell]},
    {"selection": [cells]},
]
