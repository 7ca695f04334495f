"""Introspection: signatures, annotations, modules, source code."""
