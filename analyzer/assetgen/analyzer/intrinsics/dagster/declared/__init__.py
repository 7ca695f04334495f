"""What calls to Dagster's API make: the values that the resolver reads a pipeline from.

They are treated as immutable: what changes one (`map_asset_specs`, a loader's prefix) makes
another by `dataclasses.replace`. Two values are the same definition if they are the same object,
but for keys, which compare by their parts.
"""
