"""Collections, and functions that iterate over them."""
