"""Everything that is needed, in order and with its names settled, as one module."""
