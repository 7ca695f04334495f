"""Assets computed by notebooks."""

import dagster as dg
from dagstermill import ConfigurableLocalOutputNotebookIOManager, define_dagstermill_asset


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

defs = dg.Definitions(
    assets=[iris, report],
    resources={"output_notebook_io_manager": ConfigurableLocalOutputNotebookIOManager()},
)
