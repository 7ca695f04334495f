"""Programs that look at themselves: signatures, annotations, modules, sources."""
