"""From declared objects to the asset graph of the model."""
