"""Questions over many records at once, shaped for pages and files. Nothing here knows of requests or HTML."""
