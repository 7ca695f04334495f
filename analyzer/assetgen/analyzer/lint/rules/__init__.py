"""One file a rule, its page beside it."""
