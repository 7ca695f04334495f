"""Configuration, and resources, which are configured."""
