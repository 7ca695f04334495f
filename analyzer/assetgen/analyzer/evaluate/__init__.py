"""The bounded partial evaluator of module-level Python."""
