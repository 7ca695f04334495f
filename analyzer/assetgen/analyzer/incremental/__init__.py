"""One project, analysed again after each change to it."""
