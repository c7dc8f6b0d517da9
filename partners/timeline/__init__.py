"""Engagements and memberships over time: geometry of two drawings on one ``scale``, and a calendar file.

Lengths and places are pixels of the SVG, from its top left corner; templates write the pictures.
"""
