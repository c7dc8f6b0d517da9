"""What offices are tasked with: on a page, as text, as a file and in the API."""
