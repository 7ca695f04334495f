"""Diagrams and programs made from a `Pipeline`."""
