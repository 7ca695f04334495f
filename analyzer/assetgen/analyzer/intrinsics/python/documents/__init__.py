"""Data in text and in files: JSON, YAML, TOML, CSV, configurations."""
