"""Reads and writes the content as fixtures: one JSON file per model, natural keys, loaded through ``full_clean``.

``fixtures/<app>/NN_plural.json``, and the same below ``fixtures/notional/`` for training content.
"""

from .dump import dump
from .files import ContentError, Problem, content_files, fixtures_folder
from .load import LoadReport, load

__all__ = ["ContentError", "LoadReport", "Problem", "content_files", "dump", "fixtures_folder", "load"]
