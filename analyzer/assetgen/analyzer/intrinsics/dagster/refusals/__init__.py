"""What Dagster refuses when definitions are made."""
