"""The attributes of assets and outputs."""
