"""What a pipeline is, what its steps report, and what happens during a run."""
