"""Two strategies, or two editions of one, side by side."""
