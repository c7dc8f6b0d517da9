"""The trace: what serves what, from ends to risks, as a picture, a table, files and an API answer."""
