"""What Dagster refuses to load: one kind of mistake in each module."""
