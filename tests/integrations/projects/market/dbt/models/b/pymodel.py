def model(dbt, session):
    dbt.config(materialized="table", tags=["py"], packages=["pandas"])
    a = dbt.ref("a1")
    s = dbt.source("raw", "t1")
    x = dbt.config.get("thing")
    return a
