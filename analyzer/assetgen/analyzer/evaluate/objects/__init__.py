"""What values are and have: attributes, classes, equality, items, text."""
