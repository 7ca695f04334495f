"""The code locations of a project: which there are, and what each may import and read."""
