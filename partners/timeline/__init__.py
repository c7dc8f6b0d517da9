"""Engagements and memberships over time, drawn on one scale, and as a calendar."""
