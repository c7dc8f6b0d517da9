"""Contacts: whom a partner talks to about a topic, on a page, in files and in the API.

``request`` parses the parameters, ``answer`` collects the ``contact`` lines from ``offices`` (by remit, and whom a
source tasks), ``counterparts`` (the partner's side) and ``subjects`` (what is done together on a subject topic);
``topics`` is what may be asked about, ``sheet`` makes the files.
"""
