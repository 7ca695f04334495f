"""What calls to known APIs mean, a table row each."""
