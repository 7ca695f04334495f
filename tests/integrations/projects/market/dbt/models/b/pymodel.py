def model(dbt, session):
    dbt.config(materialized="table", tags=["py"], packages=["pandas"])
    customers = dbt.ref("a1")
    return customers.union(dbt.source("raw", "t1")).limit(dbt.config.get("limit"))
