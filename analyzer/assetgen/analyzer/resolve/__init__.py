"""From declarations to the asset graph."""
