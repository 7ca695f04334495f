"""What changes of texts mean, told without evaluating anything."""
