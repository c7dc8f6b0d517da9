"""Search over records of every kind: the index, its queries, pages and API."""
