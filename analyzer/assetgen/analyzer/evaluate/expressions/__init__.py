"""Expressions: one function for each kind of node."""
