"""Middleware: the response cache, compression, limits, and that readers only read."""
