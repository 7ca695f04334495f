"""Pictures of the asset graph: as data, then in each format."""
