"""What of an evaluation still holds when something has changed."""
