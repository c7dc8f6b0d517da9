"""Organizational change: an office is dissolved, merged, split, paused, renamed or moved, and its tasks with it."""
