"""Which nodes of a dbt project a selection selects."""
