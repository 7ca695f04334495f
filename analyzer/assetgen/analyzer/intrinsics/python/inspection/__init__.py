"""Programs that inspect themselves: signatures, annotations, modules, sources."""
