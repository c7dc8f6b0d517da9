"""Whom to ask: the office and the counterpart for a nation and a topic."""
