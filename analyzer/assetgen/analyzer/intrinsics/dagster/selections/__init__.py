"""Asset selections: which assets they match."""
