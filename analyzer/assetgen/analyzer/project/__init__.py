"""From paths and configuration to modules by dotted name: all that depends on the layout of
files."""
