"""Ops and graphs, their inputs and outputs."""
