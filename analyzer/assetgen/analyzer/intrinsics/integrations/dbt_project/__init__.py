"""What the files of a dbt project say, read into the shape of a manifest."""
