"""What the calls of Dagster's API expect: types of arguments, enumerations, names."""
