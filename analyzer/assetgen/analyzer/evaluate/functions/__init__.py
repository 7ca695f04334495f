"""Calls, and functions that run only as far as they are asked to."""
