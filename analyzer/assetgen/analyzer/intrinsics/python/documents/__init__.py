"""Structured data in text and files: JSON, YAML, TOML, CSV, configuration files."""
