"""Questions over many records at once. Plain data in and out: pages, files and the API serve the same answers."""
