"""The rules, one in each file, with its page beside it."""
