"""How modules are found by name, without importing them."""
