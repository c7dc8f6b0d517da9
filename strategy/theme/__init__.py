"""The light or the dark palette, as the reader chose it, remembered in a cookie."""
