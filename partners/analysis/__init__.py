"""Questions about many partners at once. Nothing here knows of requests or HTML."""
