"""Small tables of known data, as pandas and polars hold them."""
