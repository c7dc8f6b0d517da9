"""Nations, organisations, frameworks and engagements the strategy works with."""
