"""What generated pipelines run on; standard library only at import."""
