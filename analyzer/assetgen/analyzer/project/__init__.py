"""From paths and configuration to modules by dotted name."""
