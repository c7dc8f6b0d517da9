"""Nations, organizations, frameworks and engagements the strategy works with."""
