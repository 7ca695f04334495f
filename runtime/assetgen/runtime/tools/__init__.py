"""Small functions of Dagster's for the code inside of steps."""
