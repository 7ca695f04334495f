"""A linker for Python: a few functions and all they need, of many modules, as one module."""
