"""What a script tells the runtime about its steps."""
