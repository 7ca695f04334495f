"""What changes of texts mean, found out without evaluating anything."""
