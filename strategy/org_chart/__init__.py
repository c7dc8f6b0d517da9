"""Organization chart: every office under the one it is part of, on a page and as files."""
