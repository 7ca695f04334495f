"""What Dagster's API means to the evaluator: one file per API family, each ending in its TABLE."""
