"""What a script has to do: which steps, in which order."""
