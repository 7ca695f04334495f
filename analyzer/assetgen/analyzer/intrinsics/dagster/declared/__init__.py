"""The objects that calls of Dagster's API create: the values from which the resolver builds a
pipeline.

They are treated as immutable: what changes one (`map_asset_specs`, a loader's prefix) makes another
by `dataclasses.replace`, which keeps its `site`. Two values are the same object to Dagster if they
are the same object here; they come from the same definition if their sites are the same object.
"""
