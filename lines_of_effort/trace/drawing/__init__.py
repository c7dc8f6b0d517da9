"""The trace as a picture: ``layout`` places the boxes, ``curves`` joins them, ``shapes`` is what both are made of.

All lengths and places are pixels of the SVG, from its top left corner.
"""
