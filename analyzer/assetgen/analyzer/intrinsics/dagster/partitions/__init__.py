"""Partitions definitions and mappings."""
