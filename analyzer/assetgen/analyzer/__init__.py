"""Reads data-asset code without running it: from files to a `Pipeline`."""
