"""What a code location holds, as Dagster would find it in the location's modules."""
