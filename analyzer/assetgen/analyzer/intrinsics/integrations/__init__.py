"""Integrations of Dagster whose assets can be known from files."""
