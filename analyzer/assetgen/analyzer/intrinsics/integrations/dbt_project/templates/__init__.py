"""The templates of a dbt project: parsed, and read for what they refer to and configure."""
