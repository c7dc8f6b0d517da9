"""Generates and removes a notional strategy of any size, to measure and to practise with."""

from .generator import Generator, GeneratorError, Size
from .remove import remove

__all__ = ["Generator", "GeneratorError", "Size", "remove"]
