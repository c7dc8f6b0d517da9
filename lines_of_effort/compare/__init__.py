"""The comparison of two strategies, or of two editions of one, side by side.

``request`` parses the parameters, ``comparison`` compares record by record (texts by ``core.text.text_diff``),
``sheet`` makes the files; ``views`` and ``api`` answer.
"""
