"""Which assets are meant by a selection."""
