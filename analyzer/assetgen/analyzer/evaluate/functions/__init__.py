"""Calling, and functions that run only as far as somebody asks."""
