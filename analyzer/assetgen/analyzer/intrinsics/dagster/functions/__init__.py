"""What decorated functions say: parameters, annotations, docstrings, configuration."""
