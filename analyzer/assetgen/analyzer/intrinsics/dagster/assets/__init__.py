"""Assets as Dagster's API declares them: decorators, specs, dependencies, specs of checks."""
