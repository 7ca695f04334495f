"""The command line: from options to one use case to an exit code."""
