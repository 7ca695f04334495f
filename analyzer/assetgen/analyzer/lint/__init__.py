"""The linter: rules on the model, and what is done with what they find."""
