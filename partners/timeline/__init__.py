"""Engagements and memberships over time: geometry of two drawings on one ``scale``, a table by nation and year, and a
calendar file.

Lengths and places are pixels of the SVG, from its top left corner; templates write the pictures.
"""
