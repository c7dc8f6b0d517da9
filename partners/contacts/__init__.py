"""Contacts: whom a partner talks to about a topic, on a page, in files and in the API.

``request`` parses the parameters, ``answer`` collects the ``contact`` lines from ``offices`` (whom a source tasks) and
``counterparts`` (the partner's side); ``topics`` is what may be asked about, ``sheet`` makes the files.
"""
