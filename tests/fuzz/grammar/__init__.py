"""The grammar that random Dagster projects are drawn from: one file for each concept."""
