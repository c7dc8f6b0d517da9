"""The reader's own office, remembered in a cookie."""
