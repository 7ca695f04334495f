"""Assets, checks, their steps and edges."""
