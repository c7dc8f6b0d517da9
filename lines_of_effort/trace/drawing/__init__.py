"""The trace as a picture: where each record stands, and the curves between them."""
