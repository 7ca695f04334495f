"""Jobs, and what starts them: schedules, sensors, conditions, partitions."""
