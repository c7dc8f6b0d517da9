"""The tasking of an office: its roles in activities, on its page, as text, as files and in the API.

``office`` reads it as model objects for the page and ``text``, ``rows`` as plain rows for files (``sheet``) and the
API. ``roles`` reads the other way round: the offices of one activity.
"""
