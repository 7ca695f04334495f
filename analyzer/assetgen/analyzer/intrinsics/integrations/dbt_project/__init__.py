"""What a dbt project says of itself, read from its files into the shape of a manifest."""
