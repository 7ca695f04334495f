"""Configuration, and the resources that take it."""
