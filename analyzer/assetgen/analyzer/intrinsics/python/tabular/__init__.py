"""Small static tables as pandas and polars hold them."""
