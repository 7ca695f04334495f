"""Pieces of modules as fragments, whose names are known by what they refer to."""
