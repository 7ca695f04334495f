"""Collections, and what iterates over them."""
