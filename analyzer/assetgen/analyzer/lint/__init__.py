"""Rules over the model."""
