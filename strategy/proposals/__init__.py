"""Proposals: larger changes that are previewed as they would be, shown to others, then accepted or discarded.

An app registers its operations (``operations``) when it is ready; ``review`` stores, accepts and discards.
"""
