"""`dagster_dbt`: assets and checks from a dbt manifest, or from the project that makes it."""
