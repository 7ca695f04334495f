"""Configuration: what is allowed, and the values that are given for it."""
