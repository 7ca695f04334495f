"""Loggers for code that has no context."""

import logging


def get_dagster_logger(name: str | None = None) -> logging.Logger:
    """A standard logger."""
    return logging.getLogger(name or "dagster")
