"""Abstract shapes every app shares. Names no concrete model."""
