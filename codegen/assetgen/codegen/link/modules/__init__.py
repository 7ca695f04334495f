"""The modules that are linked, and what their names refer to."""
