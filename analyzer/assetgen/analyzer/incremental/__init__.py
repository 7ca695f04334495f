"""One project, analysed again after each change of it."""
