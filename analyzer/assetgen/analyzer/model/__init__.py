"""What the analysis says of a project: frozen, free of syntax trees."""
