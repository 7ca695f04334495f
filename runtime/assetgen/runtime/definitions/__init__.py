"""What a project declares: assets, ops, graphs, checks, resources, and all of it together."""
