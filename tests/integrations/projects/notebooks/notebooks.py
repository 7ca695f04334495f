"""Assets computed by notebooks."""

import dagster as dg
from dagstermill import (
    ConfigurableLocalOutputNotebookIOManager,
    define_dagstermill_asset,
    define_dagstermill_op,
)


@dg.asset
def iris():
    return 1


report = define_dagstermill_asset(
    name="report",
    notebook_path="report.ipynb",
    description="A report.",
    key_prefix=["books"],
    ins={"data": dg.AssetIn("iris")},
    deps=["elsewhere"],
    group_name="notebooks",
    asset_tags={"kind": "report"},
)

train = define_dagstermill_op(
    name="train",
    notebook_path="train.ipynb",
    ins={"data": dg.In()},
    outs={"model": dg.Out()},
    output_notebook_name="notebook",
)


@dg.op
def score(model, notebook):
    return len(notebook) * model


@dg.graph_asset(ins={"data": dg.AssetIn("iris")})
def trained(data):
    model, notebook = train(data)
    return score(model, notebook)


notes = dg.AssetsDefinition.from_op(
    train, key_prefix="books", keys_by_input_name={"data": dg.AssetKey("iris")}
)
defs = dg.Definitions(
    assets=[iris, report, trained, notes],
    resources={"output_notebook_io_manager": ConfigurableLocalOutputNotebookIOManager()},
)
