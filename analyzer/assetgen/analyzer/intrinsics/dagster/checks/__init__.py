"""Definitions of asset checks."""
