"""How a run is started, and how it is told: command line, calls, events, results."""
