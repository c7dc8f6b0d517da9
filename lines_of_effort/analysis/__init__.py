"""Questions over many records at once, shaped for pictures and tables. Nothing here knows of requests or HTML."""
