"""The test suite; nothing of it is needed to run the site."""
