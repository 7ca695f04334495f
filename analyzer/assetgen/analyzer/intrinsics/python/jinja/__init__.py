"""Templates of Jinja."""
