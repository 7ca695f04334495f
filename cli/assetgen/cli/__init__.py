"""The command line: options to one use case to an exit code."""
