"""Jobs, schedules, sensors and resources, and what jobs over assets have in common."""
