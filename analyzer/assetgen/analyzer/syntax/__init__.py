"""From bytes to syntax trees."""
