"""The text, chapter by chapter and point by point."""
