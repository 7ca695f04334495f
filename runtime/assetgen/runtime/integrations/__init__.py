"""Resources and steps for other systems: dbt, dlt, Sling, databases, clouds, processes."""
