"""The matrix: who does what, or any two kinds of record against each other, at one address."""
