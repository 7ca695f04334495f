import dlt


@dlt.source
def orders():
    @dlt.resource
    def lines():
        """Lines of orders."""
        yield {"id": 1}

    @dlt.resource(table_name="people")
    def customers():
        yield {"id": 1}

    @dlt.transformer(data_from=lines)
    def totals(line):
        yield line

    @dlt.resource(table_name=lambda row: row["kind"])
    def events():
        yield {"kind": "x"}

    return lines, customers, totals, events


lake = dlt.pipeline(pipeline_name="lake", destination="duckdb", dataset_name="raw")
unnamed = dlt.pipeline(pipeline_name="unnamed", destination=dlt.destinations.duckdb("x.duckdb"))
orders_source = orders()
some = orders().with_resources("customers")
