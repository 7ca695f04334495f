"""Ops and graphs, their inputs and outputs, and the functions that they are made of."""
