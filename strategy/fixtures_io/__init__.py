"""The shipped content as fixtures: one JSON file a model, natural keys, loaded through ``full_clean``.

``fixtures/<app>/NN_plural.json``, and the same below ``fixtures/notional/`` for training content.
"""

from .dump import dump
from .files import ContentError, Problem, files_below, fixtures_folder
from .load import LoadReport, load

__all__ = ["ContentError", "LoadReport", "Problem", "dump", "files_below", "fixtures_folder", "load"]
