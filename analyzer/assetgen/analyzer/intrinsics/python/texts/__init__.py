"""Texts and numbers."""
