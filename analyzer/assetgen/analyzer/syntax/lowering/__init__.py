"""LibCST trees as the ``ast`` nodes of the standard library."""
