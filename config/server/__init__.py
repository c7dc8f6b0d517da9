"""The web server and what it needs before it starts: static files and a signing key."""
