"""The trace: what serves what, from ends to risks, as a picture, a table, files and an API answer.

``request`` parses the parameters, ``reader`` reads the ``graph`` (its rows through ``links``), ``drawing`` makes the
picture, ``summary`` the texts and ``sheet`` the files; ``views`` and ``api`` put them together.
"""
