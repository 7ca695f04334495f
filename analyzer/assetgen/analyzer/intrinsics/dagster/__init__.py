"""What Dagster's API means to the evaluator: a folder for each API family, each file ending in its
TABLE."""
