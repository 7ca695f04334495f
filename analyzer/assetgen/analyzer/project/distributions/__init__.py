"""What a distribution says of itself: its packages, its requirements, its neighbours."""
