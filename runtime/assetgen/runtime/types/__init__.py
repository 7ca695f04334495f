"""Dagster's types of values, and whether a value is what an annotation says."""
