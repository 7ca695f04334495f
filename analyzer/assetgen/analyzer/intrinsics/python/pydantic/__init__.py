"""Pydantic models and settings."""
