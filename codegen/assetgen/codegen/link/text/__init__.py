"""Source text as text: words, strings, indentation, and where names stand in it."""
