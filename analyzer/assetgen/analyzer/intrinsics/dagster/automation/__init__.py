"""Jobs, and what starts them: schedules, sensors, automation conditions."""
