"""Two offices side by side: where they stand, what each is tasked with, and what they share."""
