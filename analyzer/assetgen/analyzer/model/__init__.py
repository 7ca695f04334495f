"""What the analysis says about a project: frozen types, free of syntax trees."""
