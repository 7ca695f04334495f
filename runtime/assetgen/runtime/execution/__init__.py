"""A run: which steps it has, in which order, and how each is tried."""
