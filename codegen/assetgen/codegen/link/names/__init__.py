"""Which names a piece of code binds and uses."""
