"""Generates and removes a notional strategy of any size, to measure and to practise with."""

from .generator import Generator, GeneratorError, Size
from .remove import is_unfinished, remove

__all__ = ["Generator", "GeneratorError", "Size", "is_unfinished", "remove"]
