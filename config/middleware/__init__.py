"""Middleware: the response cache, compression, and that readers only read."""
