"""Functions that are made by other functions, and what decorators say of functions."""
